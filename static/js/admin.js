/* Names for what Django's admin and Select2 draw without one, so that it can be heard and reached
   by keyboard; nothing works differently. */
"use strict";

const nameOf = (field) => field.ariaLabel || field.labels?.[0]?.textContent.trim() || field.name;

function nameChoices(root) {
  for (const select of root.querySelectorAll("select.admin-autocomplete")) {
    const drawn = select.nextElementSibling;
    for (const part of drawn?.querySelectorAll("[role=combobox], [role=textbox]") ?? []) {
      part.removeAttribute("aria-labelledby");
      part.ariaLabel = nameOf(select);
    }
  }
}

function nameHeadings() {
  for (const heading of document.querySelectorAll(".tabular thead th")) {
    if (heading.textContent.trim()) continue;
    const words = document.createElement("span");
    words.className = "visually-hidden";
    words.textContent = heading.matches(".original") ? "Catatan" : "Tindakan";
    heading.append(words);
  }
}

function reachWideTables() {
  for (const table of document.querySelectorAll(".inline-group .tabular")) {
    if (table.scrollWidth > table.clientWidth) table.tabIndex = 0;
    else table.removeAttribute("tabindex");
  }
}

// In line behind Select2, which jQuery calls.
const whenDrawn = window.django?.jQuery ?? ((run) => addEventListener("load", run));
whenDrawn(() => {
  const search = document.getElementById("searchbar");
  if (search) search.ariaLabel = "Cari";
  nameChoices(document);
  nameHeadings();
  reachWideTables();
});
addEventListener("resize", reachWideTables);
document.addEventListener("formset:added", (event) => nameChoices(event.target));
