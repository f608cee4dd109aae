// Many alike: what was not on screen is not confirmed.
"use strict";
(function () {
  const form = document.getElementById("many");
  if (!form) return;
  const start = performance.now();
  const labels = [...form.querySelectorAll(".grid label")];
  const unseen = new Set(labels);
  const note = document.getElementById("unseen");
  const button = document.getElementById("confirm");
  const tell = () => {
    button.disabled = unseen.size > 0;
    note.textContent = unseen.size ? `${unseen.size} ${note.dataset.text}` : "";
  };
  const watch = new IntersectionObserver((entries) => {
    for (const entry of entries) if (entry.isIntersecting) { unseen.delete(entry.target); watch.unobserve(entry.target); }
    tell();
  }, { threshold: 0.9 });
  labels.forEach((label) => watch.observe(label));
  tell();
  const boxes = labels.map((label) => label.querySelector("[type=checkbox]"));
  boxes[0]?.focus();
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const at = boxes.indexOf(document.activeElement);
    const columns = getComputedStyle(form.querySelector(".grid")).gridTemplateColumns.split(" ").length;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (step) { boxes[Math.min(Math.max(at + step, 0), boxes.length - 1)].focus(); event.preventDefault(); }
    else if (event.key === "Enter" && document.activeElement.tagName !== "A") { event.preventDefault(); if (!button.disabled) form.requestSubmit(); }
  });
  form.addEventListener("submit", () => { form.elements.seconds.value = ((performance.now() - start) / 1000).toFixed(2); });
})();
