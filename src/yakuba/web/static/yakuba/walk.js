// Lists: from the search box ↓ goes to the first result; ↑ ↓ walk the rows, Enter opens (it is a link), ↑ on the first goes back.
"use strict";
(() => {
  const links = () => [...document.querySelectorAll("table[data-walk] tbody tr")].map((row) => row.querySelector("a")).filter(Boolean);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    if (event.isComposing || event.altKey || event.ctrlKey || event.metaKey) return;
    const rows = links();
    const here = rows.indexOf(document.activeElement);
    const box = document.getElementById("q");
    const inBox = document.activeElement === box;
    if (!rows.length || (here < 0 && !inBox && document.activeElement !== document.body && document.activeElement.id !== "main")) return;
    event.preventDefault();
    if (event.key === "ArrowUp" && here <= 0) { if (box) box.focus(); return; }
    const next = rows[Math.min(rows.length - 1, here + (event.key === "ArrowDown" ? 1 : -1))];
    next.focus();
    next.scrollIntoView({ block: "nearest" });
  });
})();
