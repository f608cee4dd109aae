// node --test scripts/review/
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { offers } = require("../../templates/review/suggest.js");

const PLACES = ["Xã Tân Phú", "Xã Phú Long", "Thị trấn Tân Hiệp", "Đồng Tháp", "Nguyễn Văn Đực"];

test("marks and case need not be typed", () => assert.deepEqual(offers(PLACES, "xa tan"), ["Xã Tân Phú"]));
test("đ is found by d", () => assert.deepEqual(offers(PLACES, "dong"), ["Đồng Tháp"]));
test("beginnings come before words inside", () => assert.deepEqual(offers(["Xã Tân Phú", "Tân An"], "tân"), ["Tân An", "Xã Tân Phú"]));
test("letters inside a word are no beginning", () => assert.deepEqual(offers(PLACES, "hap"), []));
test("nothing typed, nothing offered", () => assert.deepEqual(offers(PLACES, " "), []));
test("what stands there already is no offer", () => assert.deepEqual(offers(PLACES, "Đồng Tháp"), []));
test("six at most", () => assert.equal(offers(Array.from({ length: 9 }, (_, n) => `An ${n}`), "an").length, 6));
