// node --test scripts/review/
"use strict";
const test = require("node:test");
const assert = require("node:assert");
const { compose } = require("../../templates/review/typing.js");

function typed(keys, method) {
  let text = "";
  for (const key of keys) {
    const word = text.match(/[\p{L}\p{M}0-9]*$/u)[0];
    text = text.slice(0, text.length - word.length) + compose(word, key, method);
  }
  return text;
}

const TELEX = {
  "Nguyeenx Thij Hoaf": "Nguyễn Thị Hòa", "Nguyenex": "Nguyễn", "Traanf Vawn Ddwcs": "Trần Văn Đức", "ddoongf": "đồng",
  "dduowngf": "đường", "duwowngf": "dường", "hoafn": "hoàn", "thuowr": "thuở", "huow": "huơ", "quowr": "quở",
  "huwowng": "hương", "Phuowcs": "Phước", "Phuocws": "Phước", "quys": "quý", "giaf": "già", "gif": "gì", "khuyeens": "khuyến", "muaf": "mùa", "muwa": "mưa",
  "muaw": "mưa", "toans": "toán", "ngoaij": "ngoại", "Kinh": "Kinh", "Vieejt Nam": "Việt Nam", "asz": "a", "ass": "as", "aaa": "aa", "ddd": "dd", "DDawks Lawks": "Đắk Lắk",
  "HUWNG": "HƯNG", "NGUYEENX": "NGUYỄN", "Huws": "Hứ", "uwowc": "ươc", "khoong rox": "không rõ", "w": "ư", "Luwu": "Lưu", "Luuw": "Lưu", "Mox Cayf": "Mõ Cày", "thuyr": "thủy", "Bif": "Bì",
  "12/3/2004": "12/3/2004", "xaay": "xây", "quaan": "quân", "Quoocs": "Quốc", "tuaans": "tuấn", "loanj": "loạn", "hoawcj": "hoặc", "hoacwj": "hoặc",
};
const VNI = {
  "Nguye64n Thi5 Hoa2": "Nguyễn Thị Hòa", "Tra62n Va8n D9u71c": "Trần Văn Đức", "d9u7o7ng2": "đường", "d9uong72": "đường",
  "Ph7u": "Ph7u", "Phu7o7c1": "Phước", "12/3/2004": "12/3/2004", "a10": "a", "a11": "a1", "Quo61c": "Quốc",
};

for (const [method, table] of [["telex", TELEX], ["vni", VNI]])
  for (const [keys, text] of Object.entries(table))
    test(`${method} ${keys} gives ${text}`, () => assert.equal(typed(keys, method), text.normalize("NFC")));

test("off changes nothing", () => assert.equal(typed("Nguyeenx", "off"), "Nguyeenx"));
