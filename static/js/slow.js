/* Says that a long answer is on its way; the form is sent as any other. */
"use strict";

for (const form of document.querySelectorAll("form[data-slow]")) {
  form.addEventListener("submit", () => {
    form.querySelector(".slow-state").hidden = false;
  });
}
window.addEventListener("pageshow", () => {
  for (const state of document.querySelectorAll(".slow-state")) state.hidden = true;
});
