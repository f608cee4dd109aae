// A scripted operator in a real browser: signs in, decides by keys alone, takes pictures, measures.
//   npm i puppeteer-core   (outside the repository)
//   NODE_PATH=.../node_modules node scripts/review/operator.js URL NAME PASSWORD PICTURES [DECISIONS]
// ASSETS=templates/review serves style and script from there instead of from the program.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const puppeteer = require("puppeteer-core");

const [url, name, password, pictures, count = "20"] = process.argv.slice(2);
fs.mkdirSync(pictures, { recursive: true });

const kinds = { ".css": "text/css", ".js": "text/javascript" };

async function main() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await puppeteer.launch({ executablePath, headless: true, args: ["--no-sandbox"], acceptInsecureCerts: true });
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 768 });
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") problems.push(message.text()); });
  if (process.env.ASSETS) {
    await page.setRequestInterception(true);
    page.on("request", (request) => {
      const file = new URL(request.url()).pathname.match(/^\/asset\/([\w.]+)$/)?.[1];
      if (!file) return request.continue();
      const body = fs.readFileSync(path.join(process.env.ASSETS, file));
      return request.respond({ status: 200, contentType: kinds[path.extname(file)], body });
    });
  }
  const shot = (what) => page.screenshot({ path: path.join(pictures, `${what}.png`) });
  const settle = () => page.waitForNetworkIdle({ idleTime: 150 }).catch(() => {});

  await page.goto(url);
  await shot("1-sign-in");
  await page.type("[name=name]", name);
  await page.type("[name=password]", password);
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await settle();
  await shot("2-queue");
  await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
  await settle();
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
  const times = [];
  let keys = 0;
  for (let n = 0; n < Number(count); n += 1) {
    if (!(await page.$("#decide"))) break;
    const before = await item();
    const choices = await page.$$("[data-key='1']");
    const accept = await page.$("#accept");
    let last = "Enter";
    const blind = await page.$eval("#work", (work) => work.dataset.blind === "1");
    if (blind) {
      await shot("3-blind");
      await page.keyboard.type("Traanf Vawn A");
      keys += 13;
    } else if (n % 10 === 3) {
      await page.keyboard.press("t");
      await page.keyboard.type("Nguyeenx Thij Hoaf");
      if (n === 3) await shot("6-typing");
      keys += 19;
    } else if (!accept) last = "k";
    else if (n % 5 === 1 && choices.length) last = "1";
    const started = Date.now();
    await page.keyboard.press(last);
    keys += 1;
    await page.waitForFunction((old) => document.querySelector("[name=item]")?.value !== old, { timeout: 5000, polling: 5 }, before);
    times.push(Date.now() - started);
  }
  await settle();
  await shot("7-later");
  await page.keyboard.press("z");
  await settle();
  await shot("8-undone");
  await page.goto(`${url}/queue`);
  await settle();
  await shot("9-queue");
  const many = await page.$("a[href^='/many']");
  if (many) {
    await Promise.all([page.waitForNavigation(), many.click()]);
    await settle();
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Space");
    await shot("10-many");
    await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
    await settle();
    await shot("11-many-end");
    await Promise.all([page.waitForNavigation(), page.keyboard.press("Enter")]);
    await settle();
    await shot("12-picked-out");
  }
  const entry = await page.$("aside a[href^='/entry/']");
  if (entry) {
    await Promise.all([page.waitForNavigation(), entry.click()]);
    await settle();
    await shot("13-entry");
  }
  await page.goto(`${url}/books`);
  await settle();
  await shot("14-books");
  await page.goto(`${url}/language?to=en`);
  await settle();
  await shot("15-english");
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))];
  console.log(JSON.stringify({ decisions: times.length, keys, median_ms: at(0.5), p99_ms: at(0.99), problems }));
  await browser.close();
  process.exit(problems.length ? 1 : 0);
}

main().catch((error) => { console.error(error); process.exit(1); });
