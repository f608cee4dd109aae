// Pages that no layout fits, in a real browser by keys alone: the list, a page, a layout said; takes pictures.
//   NODE_PATH=.../node_modules node scripts/review/aside.js URL NAME PASSWORD PICTURES
// The run must hold such a page.
"use strict";
const { open, run } = require("./browser.js");

const [url, name, password, pictures] = process.argv.slice(2);

run(async () => {
  const { page, shot, go, visit, expect, body, signIn, end } = await open(pictures);
  await visit(url);
  await signIn(name, password);
  await visit(`${url}/aside`);
  await shot("40-asides");
  expect("the first page has the focus", await page.evaluate(() => document.activeElement.getAttribute("href")?.startsWith("/aside/")));
  await go(() => page.keyboard.press("Enter"));
  await shot("41-aside");
  expect("its picture is shown", await page.$eval(".entry img", (image) => image.complete && image.naturalWidth > 0));
  await page.focus("[name=note]");
  await page.keyboard.type("2");
  expect("digits in the reason are digits", (await page.$eval("[name=note]", (input) => input.value)) === "2");
  await page.$eval("[name=note]", (input) => { input.value = ""; input.blur(); });
  const layout = await page.$eval("[data-key='2']", (button) => button.value);
  await go(() => page.keyboard.press("2"));
  await shot("42-said");
  expect("the word is kept", (await body()).includes(`${layout}: `));
  await go(() => page.click("main a[href^='/aside/']"));
  await shot("43-waits");
  await go(() => page.keyboard.press("Escape"));
  expect("Esc goes back to the list", page.url().endsWith("/aside"));
  await end({ layout });
});
