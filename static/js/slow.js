/* Says that a long answer is on its way, and how far it has come where the form names an address
   that knows; the form is sent as any other. */
"use strict";

const EVERY_MS = 1000;

async function showProgress(form, state) {
  if (state.hidden) return;
  try {
    const { done, total } = await (await fetch(form.dataset.slow)).json();
    if (total) {
      const bar = state.querySelector("progress");
      bar.max = total;
      bar.value = done;
      const [saved, all] = [done, total].map((number) => number.toLocaleString("id"));
      state.querySelector(".slow-count").textContent = `${saved} dari ${all} baris.`;
    }
  } catch {
    // What is saved does not depend on it; the next second asks again.
  }
  setTimeout(() => showProgress(form, state), EVERY_MS);
}

for (const form of document.querySelectorAll("form[data-slow]")) {
  form.addEventListener("submit", () => {
    const state = form.querySelector(".slow-state");
    state.hidden = false;
    if (form.dataset.slow) setTimeout(() => showProgress(form, state), EVERY_MS);
  });
}
window.addEventListener("pageshow", () => {
  for (const state of document.querySelectorAll(".slow-state")) state.hidden = true;
});
