// Operators without a browser: many at once, and a station that is killed under them.
//   node scripts/review/load.js load URL OPERATORS SECONDS PER_SECOND [RUN]     (accounts op-1 … op-N, password in PASSWORD)
//   node scripts/review/load.js kill SOHOA RUN PORT TIMES                 (starts and kills `sohoa review` itself)
//   node scripts/review/load.js guess URL TIMES                           (wrong passwords, while op-1 … op-3 sign in and work)
// https addresses: the station's own certificate is taken from CERTIFICATE (a PEM file).
"use strict";
const fs = require("node:fs");
const http = require("node:http");
const https = require("node:https");
const { spawn, execFileSync } = require("node:child_process");

const password = process.env.PASSWORD;
const ca = process.env.CERTIFICATE && fs.readFileSync(process.env.CERTIFICATE);
const client = (base) => (base.startsWith("https:") ? https : http);
const agentFor = (base) => new (client(base).Agent)({ keepAlive: true, maxSockets: 1, ca });
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

function ask(base, agent, method, path, cookie, body) {
  return new Promise((done, failed) => {
    const text = body && new URLSearchParams(body).toString();
    const headers = { Cookie: cookie, Origin: base };
    if (text !== undefined) Object.assign(headers, { "Content-Type": "application/x-www-form-urlencoded", "Content-Length": Buffer.byteLength(text) });
    const request = client(base).request(base + path, { method, headers, agent }, (answer) => {
      let html = "";
      answer.setEncoding("utf8");
      answer.on("data", (part) => { html += part; });
      answer.on("end", () => done({ status: answer.statusCode, headers: answer.headers, html }));
      answer.on("error", failed);
    });
    request.on("error", failed);
    request.end(text);
  });
}

function spread(times) {
  times.sort((a, b) => a - b);
  const at = (share) => times[Math.min(times.length - 1, Math.floor(times.length * share))]?.toFixed(1);
  return { median_ms: at(0.5), p99_ms: at(0.99), worst_ms: at(1) };
}

const hidden = (html, name) => html.match(new RegExp(`name="${name}" value="([^"]*)"`))?.[1];

async function signIn(base, agent, name) {
  const answer = await ask(base, agent, "POST", "/sign-in", "", { name, password });
  if (answer.status !== 303) throw new Error(`sign-in of ${name}: ${answer.status}`);
  return answer.headers["set-cookie"][0].split(";")[0];
}

// One operator until the end of time; what was answered is noted.
async function operate(base, name, until, pause, note) {
  const agent = agentFor(base);
  const cookie = await signIn(base, agent, name);
  let page = await ask(base, agent, "GET", "/decide", cookie);
  for (let n = 0; Date.now() < until(); n += 1) {
    const item = hidden(page.html, "item");
    if (!item) break;
    const text = `${name} ${n} ${Date.now()}`;
    const body = { form_token: hidden(page.html, "form_token"), item, seen: hidden(page.html, "seen"), act: "type", text, seconds: "1" };
    const started = performance.now();
    const answer = await ask(base, agent, "POST", "/decide", cookie, body);
    const took = performance.now() - started;
    if (answer.status !== 303) throw new Error(`decision: ${answer.status}`);
    const made = { item, text, took, kept: !answer.headers.location.includes("said=") };
    note(made);
    page = await ask(base, agent, "GET", answer.headers.location, cookie);
    made.next = performance.now() - started;
    await sleep(pause);
  }
  agent.destroy();
}

async function load(base, operators, seconds, perSecond, run) {
  const notes = [];
  const end = Date.now() + seconds * 1000;
  const pause = (operators / perSecond) * 1000;
  const all = Array.from({ length: operators }, (_, n) => operate(base, `op-${n + 1}`, () => end, pause, (made) => notes.push(made)));
  await Promise.all(all);
  const kept = notes.filter((made) => made.kept);
  const counts = new Map();
  for (const text of run ? audited(run) : []) counts.set(text, (counts.get(text) ?? 0) + 1);
  const lost = run ? kept.filter((made) => !counts.has(made.text)).length : "not asked";
  const doubled = run ? kept.filter((made) => counts.get(made.text) > 1).length : "not asked";
  console.log(JSON.stringify({ operators, seconds, decisions: notes.length, kept: kept.length, lost, doubled, to_kept: spread(notes.map((made) => made.took)), to_next_field: spread(notes.map((made) => made.next)) }));
  process.exit(lost > 0 || doubled > 0 ? 1 : 0);
}

// Guesses from eight sides, half at a name that is there and half at names that are not; op-2 and op-3 work meanwhile.
async function guess(base, times) {
  const statuses = {};
  let left = times;
  let over = false;
  const attempt = async () => {
    const agent = agentFor(base);
    while (left-- > 0) {
      const name = left % 2 ? "op-1" : `nobody-${left}`;
      const answer = await ask(base, agent, "POST", "/sign-in", "", { name, password: `wrong ${left}` });
      statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
    }
    agent.destroy();
  };
  const notes = [];
  const started = performance.now();
  const work = ["op-2", "op-3"].map((name) => operate(base, name, () => (over ? 0 : Infinity), 1000, (made) => notes.push(made)));
  await Promise.all(Array.from({ length: 8 }, attempt));
  over = true;
  await Promise.all(work);
  const locked = await ask(base, agentFor(base), "POST", "/sign-in", "", { name: "op-1", password });
  const took = notes.map((made) => made.took).sort((a, b) => a - b);
  console.log(JSON.stringify({ guesses: times, seconds: Math.round((performance.now() - started) / 1000), statuses, let_in: statuses[303] ?? 0,
    right_password_after: locked.status, meanwhile: { decisions: notes.length, median_ms: took[took.length >> 1]?.toFixed(0), worst_ms: took.at(-1)?.toFixed(0) } }));
  process.exit(statuses[303] ? 1 : 0);
}

// Texts in the audit, straight from the database.
function audited(run) {
  const sql = "SELECT json_extract(body, '$.to') FROM audit";
  const python = `import sqlite3,sys\nfor r in sqlite3.connect(sys.argv[1]).execute(sys.argv[2]): print(r[0])`;
  return execFileSync("python3", ["-c", python, `${run}/run.sqlite`, sql], { encoding: "utf8", maxBuffer: 1 << 28 }).split("\n");
}

async function kill(sohoa, run, port, times) {
  const base = `http://127.0.0.1:${port}`;
  const confirmed = [];
  for (let n = 0; n < times; n += 1) {
    const station = spawn(sohoa, ["review", run, "--listen", `127.0.0.1:${port}`], { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((done, failed) => { station.stdout.once("data", done); station.once("exit", () => failed(new Error("the station did not start"))); });
    station.removeAllListeners("exit");
    const gone = new Promise((done) => station.once("exit", done));
    const people = [1, 2, 3].map((p) => operate(base, `op-${p}`, () => Infinity, 0, (made) => made.kept && confirmed.push(made.text)).catch(() => {}));
    await sleep(600 + Math.random() * 900);
    station.kill("SIGKILL");
    await gone;
    await Promise.all(people);
  }
  const there = audited(run);
  const counts = new Map();
  for (const text of there) counts.set(text, (counts.get(text) ?? 0) + 1);
  const lost = confirmed.filter((text) => !counts.has(text)).length;
  const doubled = confirmed.filter((text) => counts.get(text) > 1).length;
  const verified = execFileSync(sohoa, ["audit", "verify", run], { encoding: "utf8" }).trim();
  console.log(JSON.stringify({ kills: times, confirmed: confirmed.length, lost, doubled, verified }));
  process.exit(lost || doubled ? 1 : 0);
}

const [what, ...rest] = process.argv.slice(2);
const work = what === "guess" ? guess(rest[0], Number(rest[1])) : what === "kill" ? kill(rest[0], rest[1], Number(rest[2]), Number(rest[3])) : load(rest[0], Number(rest[1]), Number(rest[2]), Number(rest[3]), rest[4]);
work.catch((error) => { console.error(error); process.exit(1); });
