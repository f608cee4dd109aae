// The entry view in a real browser: suggestions, neighbours, a later change, marks, split, join, layout, findings; takes pictures.
//   NODE_PATH=.../node_modules node scripts/review/entry.js URL NAME PASSWORD PICTURES
// NAME is a second key or an officer.
"use strict";
const { open, run } = require("./browser.js");

const [url, name, password, pictures] = process.argv.slice(2);

run(async () => {
  const { page, shot, settle, go, visit, expect, body, signIn, end } = await open(pictures);
  await visit(url);
  await signIn(name, password);

  // a place is settled, then offered for the next one
  await visit(`${url}/decide?kind=place`);
  // what is settled is offered in the same book only
  const book = await page.$eval(".title .soft", (line) => line.textContent.split(" · ").pop());
  await visit(`${url}/decide?kind=place&book=${encodeURIComponent(book)}`);
  await page.waitForSelector(".near", { timeout: 5000 });
  await shot("20-neighbours");
  expect("neighbouring entries are shown", (await page.$$(".near svg")).length > 0);
  const item = await page.$eval("[name=item]", (input) => input.value);
  await page.keyboard.press("t");
  await page.keyboard.type("Xax Taan Phus");
  await page.keyboard.press("Enter");
  await page.waitForFunction((old) => document.querySelector("[name=item]")?.value !== old, {}, item);
  await page.keyboard.press("t");
  await page.keyboard.type("xax ta");
  await shot("21-suggestion");
  expect("the place is offered", (await page.$$eval(".offers li", (lines) => lines.map((line) => line.textContent))).includes("Xã Tân Phú"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  expect("Enter took the offer and sent nothing", (await page.$eval("#text", (input) => input.value)) === "Xã Tân Phú");
  await page.keyboard.press("Escape");

  // the entry of the first: change it, with a reason
  const entry = item.split(".")[0];
  await visit(`${url}/entry/${entry}`);
  await shot("22-entry");
  const edit = `a[href="/edit?item=${encodeURIComponent(item)}"]`;
  expect("the settled field can be changed", await page.$(`td ${edit}`));
  await go(() => page.$eval(`td ${edit}`, (link) => link.click()));
  await shot("23-edit");
  await page.keyboard.down("Control");
  await page.keyboard.press("a");
  await page.keyboard.up("Control");
  await page.keyboard.type("Choons Naof DDos");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.type("nhìn nhầm dòng");
  await go(() => page.keyboard.press("Enter"));
  await shot("24-changed");
  const told = await body();
  expect("the new value and the reason stand there", told.includes("Chốn Nào Đó") && told.includes("nhìn nhầm dòng"));
  expect("what it brings up is marked", told.includes("mới, do sửa"));

  // the whole entry: to the scanner and back, then a duplicate and back
  await go(() => page.click("button[value=rescan]"));
  await shot("25-rescan");
  expect("it waits for a scan", (await body()).includes("Đang chờ quét lại"));
  await go(() => page.click("button[value=kept]"));
  await go(() => page.click("button[value=duplicate]"));
  await shot("26-duplicate");
  expect("it is a duplicate", (await body()).includes("Bản trùng"));
  await go(() => page.click("button[value=kept]"));

  // one more act on the page: asked, then said to be none
  await go(() => page.click("button[value=split]"));
  await shot("30-split");
  const found = await page.$eval("section p a[href^='/entry/']", (link) => link.getAttribute("href"));
  await visit(`${url}${found}`);
  await shot("31-found");
  expect("its fields are asked", (await page.$$("td a[href^='/decide?item=']")).length > 3);
  await go(() => page.$eval("td a[href^='/decide?item=']", (link) => link.click()));
  await shot("32-found-field");
  expect("the whole page is shown", await page.$("#crop image"));
  await visit(`${url}${found}`);
  await page.type("[name=of]", entry);
  await go(() => page.click("button[value=part]"));
  await shot("33-joined");
  expect("it goes on with the other", (await body()).includes(`Là phần tiếp của ${entry}`));
  await visit(`${url}/entry/${entry}`);
  await shot("34-whole");
  expect("the first part names it", (await body()).includes("Phần tiếp"));
  await visit(`${url}${found}`);
  await go(() => page.click("button[value=kept]"));
  await go(() => page.click("button[value=void]"));
  expect("it is no act", (await body()).includes("Không phải là một trường hợp"));

  // another layout, and back
  await visit(`${url}/entry/${entry}`);
  await page.select("select[name=layout]", await page.$eval("select[name=layout] option:nth-child(2)", (option) => option.value));
  await go(() => page.click("button[value=layout]"));
  await shot("35-layout");
  expect("it waits for a run", (await body()).includes("chờ đọc lại theo bố cục khác"));
  await page.select("select[name=layout]", "");
  await go(() => page.click("button[value=layout]"));
  expect("taken back", !(await body()).includes("chờ đọc lại theo bố cục khác"));

  await visit(`${url}/books`);
  await shot("27-books");
  await go(() => page.click("a[href^='/findings']"));
  await shot("28-findings");
  expect("findings lead to their fields", (await page.$$("a[href^='/edit?item='], a[href^='/decide?item=']")).length > 0);
  await visit(`${url}/queue`);
  await shot("29-queue");
  expect("rules have names", !/quy tắc: [a-z]+-[a-z-]+/.test(await body()));

  await end({ pictures });
});
