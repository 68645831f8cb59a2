/* Buttons that need a script: hidden in the page, shown here. Without it people select and copy
   the text themselves and print by the menu of the browser. */
"use strict";

for (const button of document.querySelectorAll("button[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  const told = document.getElementById(button.getAttribute("aria-describedby"));
  button.hidden = false;
  button.addEventListener("click", async () => {
    text.select();
    try {
      await navigator.clipboard.writeText(text.value);
      told.textContent = "Teks tersalin.";
    } catch {
      told.textContent = "Teks terpilih. Tekan Ctrl+C untuk menyalinnya.";
    }
  });
}

for (const button of document.querySelectorAll("button[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
