// Suggestions under an input: those whose words begin with what is typed, marks aside. Nothing is taken unasked.
"use strict";
(function (root) {
  const MOST = 6;

  const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").replace(/đ/gi, "d").toLowerCase().trim();

  // Offers for a text: whole beginnings first, then words inside; the text itself is no offer.
  function offers(all, text) {
    const sought = fold(text);
    if (!sought) return [];
    const folded = all.map((offer) => [offer, fold(offer)]).filter(([offer]) => offer !== text);
    const first = folded.filter(([, own]) => own.startsWith(sought));
    const inside = folded.filter(([, own]) => !own.startsWith(sought) && own.includes(` ${sought}`));
    return [...first, ...inside].slice(0, MOST).map(([offer]) => offer);
  }

  // Makes an input offer what stands in its datalist; the browser's own list is taken away, because it eats Enter.
  function attach(input, list) {
    const all = [...list.querySelectorAll("option")].map((option) => option.value);
    input.removeAttribute("list");
    if (!all.length) return;
    const box = document.createElement("ul");
    box.className = "offers";
    box.id = "offers";
    box.setAttribute("role", "listbox");
    box.hidden = true;
    input.after(box);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-controls", "offers");
    input.setAttribute("aria-autocomplete", "list");
    let at = -1;

    function show() {
      const found = offers(all, input.value);
      at = -1;
      box.replaceChildren(...found.map((text, n) => {
        const line = document.createElement("li");
        line.textContent = text;
        line.id = `offer-${n}`;
        line.setAttribute("role", "option");
        line.addEventListener("mousedown", (event) => { event.preventDefault(); take(text); });
        return line;
      }));
      box.hidden = found.length === 0;
      input.setAttribute("aria-expanded", String(!box.hidden));
      input.removeAttribute("aria-activedescendant");
    }

    function hide() {
      box.hidden = true;
      at = -1;
      input.setAttribute("aria-expanded", "false");
      input.removeAttribute("aria-activedescendant");
    }

    function take(text) {
      input.value = text;
      hide();
    }

    function move(step) {
      const lines = [...box.children];
      at = (at + step + lines.length + 1) % (lines.length + 1);
      // one place more than there are offers: none of them
      if (at === lines.length) at = -1;
      lines.forEach((line, n) => line.setAttribute("aria-selected", String(n === at)));
      if (at >= 0) input.setAttribute("aria-activedescendant", lines[at].id);
      else input.removeAttribute("aria-activedescendant");
    }

    input.addEventListener("input", show);
    input.addEventListener("blur", hide);
    // before the page's own keys: Enter on a chosen offer takes it, the next Enter keeps it
    input.addEventListener("keydown", (event) => {
      if (event.isComposing || box.hidden || event.altKey || event.ctrlKey) return;
      if (event.key === "ArrowDown") move(1);
      else if (event.key === "ArrowUp") move(at < 0 ? box.children.length : -1);
      else if (event.key === "Tab" && !event.shiftKey) take(box.children[Math.max(at, 0)].textContent);
      else if (event.key === "Enter" && at >= 0) take(box.children[at].textContent);
      else if (event.key === "Escape") hide();
      else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  root.suggest = { offers, attach };
  if (typeof module !== "undefined") module.exports = root.suggest;
})(typeof window === "undefined" ? globalThis : window);
