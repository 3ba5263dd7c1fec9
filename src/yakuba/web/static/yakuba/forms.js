// Forms: a second submit is harmless (data-once), dialogs open from links with data-dialog, print and copy buttons;
// data-leave: the focus goes from the form to the page when it is sent.
"use strict";
(() => {
  document.addEventListener("submit", (event) => {
    const form = event.target;
    // The page's part that answers is what comes next, so the hand leaves the field: shortcuts work again.
    if (form.matches("[data-leave]")) document.getElementById("main").focus({ preventScroll: true });
    if (!form.matches("[data-once]")) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
    setTimeout(() => { delete form.dataset.sent; }, 5000);
  });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-submit]")) event.target.form.requestSubmit();
  });

  document.addEventListener("click", async (event) => {
    const opener = event.target.closest("[data-dialog]");
    if (opener) {
      const dialog = document.getElementById(opener.dataset.dialog);
      if (dialog) { event.preventDefault(); dialog.showModal(); }
      return;
    }
    if (event.target.closest("[data-close]")) { event.target.closest("dialog").close(); return; }
    if (event.target.closest("[data-print]")) { window.print(); return; }
    const copier = event.target.closest("[data-copy]");
    if (copier) {
      const source = document.getElementById(copier.dataset.copy);
      source.focus();
      source.select();
      try { await navigator.clipboard.writeText(source.value); } catch { document.execCommand("copy"); }
      document.getElementById("copied").textContent = "コピーしました。";
      return;
    }
    const all = event.target.closest("[data-check-all]");
    if (all) {
      for (const box of all.closest("fieldset").querySelectorAll("input[type=checkbox]")) box.checked = all.dataset.checkAll === "1";
    }
  });

  // A part of a page that was refused, or that the server leads elsewhere (signed out meanwhile), is shown as a page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    const { target, xhr, pathInfo } = event.detail;
    if (target.id !== "main") return;
    const asked = new URL(pathInfo.finalRequestPath, location.href);
    const came = new URL(xhr.responseURL || asked, location.href);
    if (xhr.status < 400 && came.pathname === asked.pathname) return;
    event.detail.shouldSwap = false;
    location.assign(xhr.status < 400 ? came : asked);
  });
})();
