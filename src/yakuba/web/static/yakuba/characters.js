// The workbench of glyphs by keyboard: 1–9 decide, arrows move, n none, u undo, Space lays the shapes over each other,
// / searches, ? tells. In the list of proposals y approves and x hands back. All of it can be switched off (keys.js).
"use strict";
(() => {
  const one = (selector) => document.querySelector(selector);
  const off = () => localStorage.getItem("yakuba-keys") === "off";
  const typing = (at) => at.closest?.("input:not([type=checkbox],[type=radio]),select,textarea") != null;
  let went = -Infinity;

  const choices = () => [...document.querySelectorAll(".candidates input[name=mj]")].filter((box) => box.offsetParent !== null);

  // A choice that nobody can follow without a word: the field says so itself.
  const needsWhy = (box) => box.hasAttribute("data-why") ||
    (box.value !== "none" && one("input[name=likeness]:checked")?.value === "類似");

  const decide = (box) => {
    box.checked = true;
    const why = one("#reason");
    why.required = needsWhy(box);
    const form = one("#decide");
    if (form.checkValidity()) form.requestSubmit(form.querySelector("button[name=do]"));
    else { why.focus(); why.reportValidity(); }
  };

  // The large picture of both shapes is always that of the chosen one.
  const laid = () => {
    const picture = one("[data-overlays]");
    const box = one(".candidates input[name=mj]:checked");
    if (!picture || !box) return;
    picture.closest("figure").classList.toggle("away", box.value === "none");
    if (box.value !== "none") picture.src = picture.dataset.overlays + box.value;
  };

  const move = (by) => {
    const boxes = choices();
    const at = boxes.findIndex((box) => box.checked);
    const next = boxes[Math.max(0, Math.min(boxes.length - 1, at + by))];
    if (!next) return;
    next.checked = true;
    laid();
    next.focus({ preventScroll: true });
    next.closest("label").scrollIntoView({ block: "nearest" });
  };

  const overlay = (on) => {
    one("[data-bench]")?.classList.toggle("overlaid", on);
    one("[data-overlay]")?.setAttribute("aria-pressed", String(on));
    sessionStorage.setItem("yakuba-overlay", on ? "on" : "");
  };
  const overlaid = () => sessionStorage.getItem("yakuba-overlay") === "on";

  const bench = (event) => {
    const number = /^[1-9]$/.test(event.key) && one(`.candidates [data-number="${event.key}"] input`);
    if (number) return () => decide(number);
    const kind = /^[a-z]$/.test(event.key) && one(`[data-kind="${event.key}"]`);
    if (kind) return () => { kind.checked = true; };
    switch (event.key) {
      case "n": { const none = one("[data-none] input"); return none && (() => decide(none)); }
      case "Enter": {
        const box = one(".candidates input[name=mj]:checked");
        return box && !event.target.closest("a,button,summary") && (() => decide(box));
      }
      case "ArrowLeft": return () => move(-1);
      case "ArrowRight": return () => move(1);
      case "ArrowDown": return () => one("[data-next]")?.click();
      case "ArrowUp": return () => one("[data-before]")?.click();
      case "Escape": return one("[data-escape]") && (() => one("[data-escape]").click());
      case " ": return !event.target.closest("a,button,summary") && (() => overlay(!overlaid()));
      case "/": return () => { one("#words").focus(); one("#words").select(); };
      case "?": return () => one("#bench-keys").showModal();
      default: return null;
    }
  };

  const queue = (event) => {
    const rows = [...document.querySelectorAll("[data-row]")];
    const at = Math.max(0, rows.findIndex((row) => row.contains(document.activeElement)));
    const go = (row) => { row.focus({ preventScroll: true }); row.scrollIntoView({ block: "nearest" }); };
    switch (event.key) {
      case "ArrowDown": return () => go(rows[Math.min(rows.length - 1, at + 1)]);
      case "ArrowUp": return () => go(rows[Math.max(0, at - 1)]);
      case "y": return () => rows[at].querySelector("[data-approve]").click();
      case "x": return () => rows[at].querySelector("[data-why-field]").focus();
      default: return null;
    }
  };

  // Before the shortcuts of every page, which know nothing of glyphs.
  document.addEventListener("keydown", (event) => {
    if (off() || event.ctrlKey || event.metaKey || event.altKey || event.isComposing || one("dialog[open]")) return;
    if (typing(event.target)) {
      if (event.key === "Escape") event.target.blur();
      return;
    }
    if (event.timeStamp - went < 1500) { went = -Infinity; return; }
    if (event.key === "g") { went = event.timeStamp; return; }
    const undo = event.key === "u" && one("#undo");
    const act = undo ? () => undo.requestSubmit() : one("[data-bench]") ? bench(event) : one("[data-row]") ? queue(event) : null;
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (!event.repeat || event.key.startsWith("Arrow")) act();
  }, true);

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-overlay]")) overlay(!overlaid());
  });

  // Sent by a click or without a script the server says what is missing; with one the field does, before it is sent.
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "decide") return;
    const box = one(".candidates input[name=mj]:checked");
    const why = one("#reason");
    if (!box || !needsWhy(box) || why.value.trim()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    why.required = true;
    why.focus();
    why.reportValidity();
  }, true);

  document.addEventListener("change", (event) => { if (event.target.name === "mj") laid(); });

  const begin = () => {
    if (one("[data-bench]")) overlay(overlaid());
    // While one page took the other's place the radio buttons of both were of one group.
    one("#decide")?.reset();
    const row = one("[data-row]");
    if (row) row.focus({ preventScroll: true });
  };
  document.addEventListener("DOMContentLoaded", begin);
  document.addEventListener("htmx:afterSwap", begin);
})();
