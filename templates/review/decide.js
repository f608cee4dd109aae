// The decide page by keys alone. Without this script the buttons still work.
"use strict";
(function () {
  const MODES = ["telex", "vni", "off"];
  let busy = false;
  let shownAt = performance.now();
  let view = null;

  const byId = (id) => document.getElementById(id);
  const memory = {
    get: () => { try { return localStorage.getItem("method"); } catch { return null; } },
    set: (value) => { try { localStorage.setItem("method", value); } catch { /* private window: asked again next time */ } },
  };

  function bind() {
    shownAt = performance.now();
    view = null;
    const work = byId("work");
    const form = byId("decide");
    if (!work || !form) {
      byId("start")?.focus();
      return;
    }
    const method = byId("method");
    if (MODES.includes(memory.get())) method.value = memory.get();
    method.addEventListener("change", () => { memory.set(method.value); byId("text").focus(); });
    window.typing.attach(byId("text"), () => method.value);
    if (byId("note")) window.typing.attach(byId("note"), () => method.value);
    window.suggest.attach(byId("text"), byId("suggestions"));
    compare(byId("near"));
    form.addEventListener("submit", (event) => { event.preventDefault(); send(event.submitter); });
    byId("page-key").addEventListener("click", () => toggle("page"));
    byId("help-key").addEventListener("click", () => toggle("help"));
    if (work.dataset.next) new Image().src = work.dataset.next;
    // nothing to accept: the person types
    if (work.dataset.blind) byId("text").focus();
    else document.activeElement?.blur?.();
  }

  // The same field in the next entries: for who stays on a field, at no cost for who does not.
  const LOOKING = 350;
  function compare(place) {
    if (!place) return;
    setTimeout(async () => {
      if (!place.isConnected) return;
      try {
        const answer = await fetch(place.dataset.from, { credentials: "same-origin" });
        if (!answer.ok || answer.redirected || !place.isConnected) return;
        const part = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".near");
        if (part) place.append(document.adoptNode(part));
      } catch { /* only a help */ }
    }, LOOKING);
  }

  async function send(button) {
    if (busy || !button || !button.name) return;
    const form = byId("decide");
    if (button.value === "type" && !byId("text").value.trim()) { byId("text").focus(); return; }
    busy = true;
    form.elements.seconds.value = ((performance.now() - shownAt) / 1000).toFixed(2);
    try {
      const body = new URLSearchParams(new FormData(form, button));
      const answer = await fetch(form.action, { method: "POST", body, credentials: "same-origin" });
      if (answer.url.endsWith("/sign-in")) { location.href = "/sign-in"; return; }
      if (!answer.ok) throw new Error(String(answer.status));
      show(await answer.text(), answer.url);
    } catch {
      // the text stays in its box; nothing counts as decided that was not answered
      byId("notice").textContent = document.documentElement.lang === "en"
        ? "Not kept: the station does not answer. Try again." : "Chưa ghi được: trạm không trả lời. Hãy thử lại.";
    } finally {
      busy = false;
    }
  }

  function show(html, address) {
    const next = new DOMParser().parseFromString(html, "text/html");
    document.title = next.title;
    document.querySelector("main").replaceWith(document.adoptNode(next.querySelector("main")));
    history.replaceState(null, "", address);
    bind();
  }

  function toggle(id) {
    const dialog = byId(id);
    if (!dialog) return;
    if (dialog.open) { dialog.close(); return; }
    dialog.showModal();
    if (id === "page") start();
  }

  // The whole page: zoom and move by the view box, turn about its middle.
  function start() {
    const sheet = byId("sheet");
    if (view) return;
    const [, , width, height] = sheet.getAttribute("viewBox").split(" ").map(Number);
    view = { width, height, x: 0, y: 0, zoom: 1, turn: 0 };
    const slot = sheet.querySelector(".slot");
    const at = (name) => Number(slot.getAttribute(name));
    view.cx = at("x") + at("width") / 2;
    view.cy = at("y") + at("height") / 2;
    draw();
  }

  function draw() {
    const wide = view.width / view.zoom;
    const high = view.height / view.zoom;
    const x = view.zoom === 1 ? 0 : view.cx - wide / 2 + view.x;
    const y = view.zoom === 1 ? 0 : view.cy - high / 2 + view.y;
    byId("sheet").setAttribute("viewBox", `${x} ${y} ${wide} ${high}`);
    byId("turn").setAttribute("transform", `rotate(${view.turn} ${view.width / 2} ${view.height / 2})`);
  }

  function pageKey(key) {
    const step = view.width / view.zoom / 8;
    const moves = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
    if (key === "+" || key === "=") view.zoom = Math.min(view.zoom * 1.5, 12);
    else if (key === "-") view.zoom = Math.max(view.zoom / 1.5, 1);
    else if (key === "r") view.turn = (view.turn + 90) % 360;
    else if (key === "h") { byId("sheet").classList.toggle("contrast"); byId("crop").classList.toggle("contrast"); }
    else if (moves[key]) { view.x += moves[key][0]; view.y += moves[key][1]; }
    else if (key === "p") { byId("page").close(); return true; }
    else return false;
    draw();
    return true;
  }

  function press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || !byId("decide")) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (byId("page")?.open) { if (pageKey(key)) event.preventDefault(); return; }
    if (byId("help").open) { if (key === "?" || key === "Enter") { byId("help").close(); event.preventDefault(); } return; }
    const text = byId("text");
    const typing = document.activeElement === text;
    if (typing && !event.altKey) {
      if (key === "Enter") { event.preventDefault(); send(byId("type")); }
      else if (key === "Escape") text.blur();
      else if (key === "ArrowUp" && !text.value) { text.value = text.dataset.reading; event.preventDefault(); }
      return;
    }
    if (document.activeElement === byId("method")) return;
    if (document.activeElement === byId("note")) { if (key === "Enter") event.preventDefault(); if (key === "Enter" || key === "Escape") byId("note").blur(); return; }
    const focused = document.activeElement?.tagName;
    if (key === "Enter") {
      if (focused === "BUTTON" || focused === "A") return;
      event.preventDefault();
      if (byId("accept")) send(byId("accept"));
      return;
    }
    if (key === "t") { text.focus(); event.preventDefault(); return; }
    const button = document.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (!button) return;
    event.preventDefault();
    if (button.type === "button") button.click();
    else send(button);
  }

  document.addEventListener("keydown", press);
  document.addEventListener("DOMContentLoaded", bind);
})();
