// A person in a real browser: opens, signs in, presses keys, takes pictures. The station's own certificate is taken as it is.
//   npm i puppeteer-core   (outside the repository; NODE_PATH=.../node_modules)
// CHROMIUM names the browser; ASSETS=templates/review serves style and script from there instead of from the program.
"use strict";
const fs = require("node:fs");
const path = require("node:path");
const puppeteer = require("puppeteer-core");

const kinds = { ".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml" };

async function open(pictures) {
  fs.mkdirSync(pictures, { recursive: true });
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  const browser = await puppeteer.launch({ executablePath, headless: true, args: ["--no-sandbox"], acceptInsecureCerts: true });
  const page = await browser.newPage();
  await page.setViewport({ width: 1366, height: 768 });
  const problems = [];
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("console", (message) => { if (message.type() === "error") problems.push(message.text()); });
  if (process.env.ASSETS) await serveAssets(page);
  const shot = (what) => page.screenshot({ path: path.join(pictures, `${what}.png`) });
  const settle = () => page.waitForNetworkIdle({ idleTime: 250 }).catch(() => {});
  const go = async (act) => { await Promise.all([page.waitForNavigation(), act()]); await settle(); };
  const visit = async (address) => { await page.goto(address); await settle(); };
  const expect = (what, is) => { if (!is) problems.push(`not so: ${what}`); };
  const body = () => page.$eval("body", (element) => element.innerText);
  const signIn = async (name, password) => {
    await page.type("[name=name]", name);
    await page.type("[name=password]", password);
    await go(() => page.keyboard.press("Enter"));
  };
  // the report is the last line; problems make the exit code
  const end = async (report) => {
    console.log(JSON.stringify({ ...report, problems }));
    await browser.close();
    process.exit(problems.length ? 1 : 0);
  };
  return { page, shot, settle, go, visit, expect, body, signIn, end };
}

async function serveAssets(page) {
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const file = new URL(request.url()).pathname.match(/^\/asset\/([\w.]+)$/)?.[1];
    if (!file) return request.continue();
    const body = fs.readFileSync(path.join(process.env.ASSETS, file));
    return request.respond({ status: 200, contentType: kinds[path.extname(file)], body });
  });
}

const run = (work) => work().catch((error) => { console.error(error); process.exit(1); });

module.exports = { open, run };
