// A page that no layout fits: digits choose, Esc goes back. Without this script the form still works.
"use strict";
(function () {
  const form = document.getElementById("layouts");
  if (!form) return;
  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.ctrlKey || event.altKey || event.metaKey) return;
    if (event.key === "Escape") { document.getElementById("back").click(); return; }
    if (event.target.tagName === "INPUT") return;
    const button = [...form.querySelectorAll("button[data-key]")].find((one) => one.dataset.key === event.key);
    if (button) { event.preventDefault(); button.click(); }
  });
})();
