// The edit page: Vietnamese typing, suggestions, Esc to go back. Without this script the form still works.
"use strict";
(function () {
  const form = document.getElementById("edit");
  if (!form) return;
  const shownAt = performance.now();
  const method = document.getElementById("method");
  try { if (["telex", "vni", "off"].includes(localStorage.getItem("method"))) method.value = localStorage.getItem("method"); } catch { /* private window */ }
  const text = document.getElementById("text");
  for (const input of [text, document.getElementById("note")]) window.typing.attach(input, () => method.value);
  window.suggest.attach(text, document.getElementById("suggestions"));
  // a later note is added to what stands there
  text.setSelectionRange(text.value.length, text.value.length);
  form.addEventListener("submit", () => { form.elements.seconds.value = ((performance.now() - shownAt) / 1000).toFixed(2); });
  document.addEventListener("keydown", (event) => { if (event.key === "Escape" && !event.isComposing) document.getElementById("back").click(); });
})();
