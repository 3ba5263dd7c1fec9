// A paper opens in a tab of its own; this one goes on to what became of the request.
"use strict";
(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-after]") || event.submitter?.getAttribute("formtarget") !== "_blank") return;
    setTimeout(() => location.assign(form.dataset.after), 1500);
  });
})();
