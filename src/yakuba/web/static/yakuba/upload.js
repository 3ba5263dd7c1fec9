// Files to be sent: who has chosen too much or too many is told at once, not after gigabytes have been sent.
"use strict";
(() => {
  document.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches("input[type=file][data-most-bytes]")) return;
    const files = [...input.files];
    const bytes = files.reduce((sum, file) => sum + file.size, 0);
    const said = files.length > Number(input.dataset.mostFiles) ? input.dataset.tooMany
      : bytes > Number(input.dataset.mostBytes) ? input.dataset.tooLarge : "";
    input.setCustomValidity(said);
    let place = input.parentElement.querySelector(".error");
    if (!place) {
      place = document.createElement("p");
      place.className = "error";
      place.setAttribute("role", "alert");
      input.after(place);
    }
    place.textContent = said;
  });
})();
