// A scripted operator in a real browser: signs in, decides by keys alone, takes pictures, measures.
//   NODE_PATH=.../node_modules node scripts/review/operator.js URL NAME PASSWORD PICTURES [DECISIONS]
// Readings are accepted; MIXED=1 also chooses, types and gives up, to see every kind of key.
"use strict";
const { open, run } = require("./browser.js");

const [url, name, password, pictures, count = "20"] = process.argv.slice(2);
const mixed = process.env.MIXED === "1";

run(async () => {
  const { page, shot, settle, go, visit, signIn, end } = await open(pictures);
  await page.goto(url);
  await shot("1-sign-in");
  await signIn(name, password);
  await shot("2-queue");
  await go(() => page.keyboard.press("Enter"));
  await shot("3-decide");
  await page.keyboard.press("p");
  await page.keyboard.press("+");
  await page.keyboard.press("+");
  await settle();
  await shot("4-page");
  await page.keyboard.press("p");
  await page.keyboard.press("?");
  await shot("5-keys");
  await page.keyboard.press("?");

  const item = () => page.$eval("[name=item]", (input) => input.value);
  const shown = (old) => document.querySelector("[name=item]") ? document.querySelector("[name=item]").value !== old && document.querySelector("#crop image")?.getBBox().width !== 0 : true;
  const decided = { right: { times: [], keys: 0 }, typed: { times: [], keys: 0 }, nothing: { times: [], keys: 0 } };
  for (let n = 0; n < Number(count); n += 1) {
    if (!(await page.$("#decide"))) break;
    const before = await item();
    const blind = await page.$eval("#work", (work) => work.dataset.blind === "1");
    const accept = await page.$("#accept");
    let [kind, keys, last] = ["right", 0, "Enter"];
    if (blind || (mixed && n % 10 === 3)) {
      kind = "typed";
      const text = blind ? "Traanf Vawn A" : "Nguyeenx Thij Hoaf";
      if (!blind) await page.keyboard.press("t");
      await page.keyboard.type(text);
      keys += text.length + (blind ? 0 : 1);
      if (n < 10) await shot(blind ? "3-blind" : "6-typing");
    } else if (!accept) [kind, last] = ["nothing", "b"];
    else if (mixed && n % 5 === 1 && (await page.$("[data-key='1']"))) last = "1";
    const started = performance.now();
    await page.keyboard.press(last);
    await page.waitForFunction(shown, { timeout: 5000, polling: "raf" }, before);
    decided[kind].times.push(performance.now() - started);
    decided[kind].keys += keys + 1;
  }
  await settle();
  await shot("7-later");
  await page.keyboard.press("z");
  await settle();
  await shot("8-undone");
  await visit(`${url}/queue`);
  await shot("9-queue");
  const many = await page.$("a[href^='/many']");
  if (many) {
    await go(() => many.click());
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await shot("10-many");
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await settle();
    await shot("11-many-end");
    await go(() => page.keyboard.press("Enter"));
    await shot("12-picked-out");
  }
  const entry = await page.$("aside a[href^='/entry/']");
  if (entry) {
    await go(() => entry.click());
    await shot("13-entry");
  }
  await visit(`${url}/books`);
  await shot("14-books");
  await visit(`${url}/language?to=en`);
  await shot("15-english");
  const spread = ({ times, keys }) => {
    times.sort((a, b) => a - b);
    const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.toFixed(1);
    return { decisions: times.length, keys_per_field: (keys / times.length).toFixed(2), median_ms: at(0.5), p99_ms: at(0.99), worst_ms: at(1) };
  };
  const kinds = Object.entries(decided).filter(([, made]) => made.times.length);
  const all = { times: kinds.flatMap(([, made]) => made.times), keys: kinds.reduce((sum, [, made]) => sum + made.keys, 0) };
  await end({ all: spread(all), ...Object.fromEntries(kinds.map(([kind, made]) => [kind, spread(made)])) });
});
