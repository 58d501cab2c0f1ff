// What has no label of its own is named after its column, or after the field it stands for
// (WCAG 2.2, 4.1.2): the rows, dates and autocomplete fields of Django's forms leave that out.
const UNNAMED = ".select2-selection__rendered[role], .select2-search__field";

function words(element) {
  return element?.textContent.trim().replace(/:$/, "");
}

function label(control) {
  const cell = control.closest("td");
  const column = cell?.closest("table").tHead?.rows[0].cells[cell.cellIndex];
  return words(cell ? column : control.labels?.[0]);
}

function name(control) {
  const found = label(control);
  if (found) {
    for (const one of [control, ...control.parentElement.querySelectorAll(UNNAMED)]) {
      one.setAttribute("aria-label", found);
    }
  }
}

// "Date:" and "Time:" stand before the two fields of one moment, under a label of no field.
function nameMoment(control) {
  const of = words(control.closest(".form-row, td")?.querySelector("legend, label"));
  const part = words(control.previousSibling);
  control.setAttribute("aria-label", [of, part].filter(Boolean).join(", "));
}

function nameAll() {
  document.querySelectorAll("form td :is(input, select), .admin-autocomplete").forEach(name);
  document.querySelectorAll(".datetime input:not([type=hidden])").forEach(nameMoment);
  document.querySelectorAll(".help-tooltip[aria-label]").forEach((one) => { one.role = "img"; });
}

// An open list stands at the end of the page: it says whose it is, and its field what it controls.
function nameList({ target }) {
  const field = target.parentElement.querySelector("[aria-owns]");
  const list = document.querySelector("body > .select2-container--open");
  field?.setAttribute("aria-controls", field.getAttribute("aria-owns"));
  list?.setAttribute("role", "region");
  list?.setAttribute("aria-label", label(target) ?? words(target.labels?.[0]) ?? "");
}

// After the autocomplete, which waits in the same queue before it; after Django's own additions.
window.django?.jQuery(nameAll);
window.django?.jQuery(document).on("select2:open", nameList);
window.addEventListener("load", nameAll);
document.addEventListener("formset:added", nameAll);
