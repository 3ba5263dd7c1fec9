// Shortcuts. `/` goes to the search box; an element with data-key="x" is clicked by x; data-go="x" by g then x.
// WCAG 2.1.4: they can be switched off (page キーボードの使い方), and never act while something is being typed.
"use strict";
(() => {
  const off = () => localStorage.getItem("yakuba-keys") === "off";
  const typing = (at) => at.closest("input:not([type=checkbox],[type=radio]),select,textarea,[contenteditable]") !== null;
  let went = -Infinity;

  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || typing(event.target)) return;
    if (document.querySelector("dialog[open]")) return;
    if (event.key === "/") {
      const box = document.getElementById("q");
      if (box) { box.focus(); box.select(); event.preventDefault(); }
      return;
    }
    const key = CSS.escape(event.key);
    if (event.timeStamp - went < 1500) {
      went = -Infinity;
      const place = document.querySelector(`[data-go="${key}"]`);
      if (place) { place.click(); event.preventDefault(); }
      return;
    }
    if (event.key === "g") { went = event.timeStamp; return; }
    const field = document.querySelector(`[data-focus="${key}"]`);
    if (field) { field.focus(); event.preventDefault(); return; }
    const target = document.querySelector(`[data-key="${key}"]`);
    if (target) { target.click(); event.preventDefault(); }
  });

  document.addEventListener("DOMContentLoaded", () => {
    const control = document.getElementById("keys-on");
    if (!control) return;
    control.checked = !off();
    control.addEventListener("change", () => localStorage.setItem("yakuba-keys", control.checked ? "on" : "off"));
  });
})();
