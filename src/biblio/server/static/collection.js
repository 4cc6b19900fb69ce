// The table of references: what is chosen outlives its page, rows are gone through by keys, notices are opened.

const SHOWN = "biblio-keys"; // whether citekeys are shown
const results = () => document.getElementById("results");
const table = () => document.getElementById("references");

// --- the table as the address says it, anew ---

// What was asked for last is shown, whatever is answered when; what has changed meanwhile is asked for of the same.
let asked = location.pathname + location.search;
let turn = 0;
const turns = new WeakMap();
document.addEventListener("htmx:beforeRequest", ({ detail }) => {
  if (detail.target.id !== "results") return;
  asked = detail.pathInfo.finalRequestPath;
  turns.set(detail.xhr, (turn += 1));
});
document.addEventListener("htmx:beforeSwap", (event) => {
  const { target, xhr } = event.detail;
  if (target.id === "results" && turns.get(xhr) !== turn) event.detail.shouldSwap = false;
});
addEventListener("popstate", () => {
  asked = location.pathname + location.search;
  turn += 1;
});

function refresh() {
  if (!results()?.matches("[data-live]")) return;
  if (!table() && !document.getElementById("sieve")) return location.reload(); // it was empty
  htmx.ajax("GET", asked, { target: "#results", source: "#results" });
}
document.body.addEventListener("desk:changed", refresh);
document.body.addEventListener("desk:work", (event) => {
  if (event.detail?.known === "beside_of") refresh();
});

// What is open stays open when the facets are told anew, and the notices of a row; the row that one is at keeps the focus.
let open = new Map();
let notices = new Set();
let at = null;
document.addEventListener("htmx:beforeSwap", () => {
  at = document.activeElement?.closest("tr[data-key]")?.dataset.key ?? null;
  open = new Map([...document.querySelectorAll(".facet")].map((each) => [each.id, [each.open, each.querySelector("ul").scrollTop]]));
  notices = new Set([...document.querySelectorAll(".open[aria-expanded=true]")].map((each) => each.dataset.notice));
});
document.addEventListener("htmx:afterSettle", ready);

if (matchMedia("(max-width: 50rem)").matches) {
  for (const facet of document.querySelectorAll(".facet:not(:has(:checked))")) facet.open = false;
}

let again = 0;
function ready() {
  clearTimeout(again); // what was told before this page listened is asked for
  if (document.querySelector("[data-looking]")) again = setTimeout(refresh, 2000);
  for (const [id, [wasOpen, scrolled]] of open) {
    const facet = document.getElementById(id);
    if (!facet) continue;
    facet.open = wasOpen;
    facet.querySelector("ul").scrollTop = scrolled;
  }
  for (const button of document.querySelectorAll(".open[aria-expanded=false]")) {
    if (notices.has(button.dataset.notice)) showNotice(button);
  }
  notices = new Set();
  const lost = document.activeElement === document.body && at !== null;
  if (lost) document.querySelector(`tr[data-key="${CSS.escape(at)}"] [data-row]`)?.focus({ preventScroll: true });
  const shows = localStorage.getItem(SHOWN) === "1";
  document.body.classList.toggle("with-keys", shows);
  const box = document.getElementById("show-keys");
  if (box) box.checked = shows;
}

// --- notices ---

async function showNotice(button) {
  const row = button.closest("tr");
  button.setAttribute("aria-expanded", "true");
  const below = document.createElement("tr");
  below.className = "notice-row";
  below.append(document.createElement("td"));
  below.firstChild.colSpan = row.cells.length;
  row.after(below);
  await htmx.ajax("GET", `/collection/notice?key=${encodeURIComponent(button.dataset.notice)}`, { target: below.firstChild });
}

function toggleNotice(button) {
  if (button.getAttribute("aria-expanded") === "false") return showNotice(button);
  button.setAttribute("aria-expanded", "false");
  button.closest("tr").nextElementSibling?.matches(".notice-row") && button.closest("tr").nextElementSibling.remove();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest(".references .open");
  if (button) toggleNotice(button);
});
document.addEventListener("change", (event) => {
  if (event.target.id !== "show-keys") return;
  localStorage.setItem(SHOWN, event.target.checked ? "1" : "");
  document.body.classList.toggle("with-keys", event.target.checked);
});

// --- rows by keys: up and down, space chooses, enter opens the form, right and left the notice ---

document.addEventListener("keydown", (event) => {
  const row = event.target.closest?.(".references tbody tr[data-key]");
  if (!row || event.ctrlKey || event.metaKey || event.altKey) return;
  const rows = [...row.parentNode.querySelectorAll("tr[data-key]")];
  const at = rows.indexOf(row);
  const notice = row.querySelector(".open");
  const isOpen = notice.getAttribute("aria-expanded") === "true";
  const steps = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: rows.length - 1 };
  if (event.key in steps) {
    rows[steps[event.key]]?.querySelector("[data-row]").focus();
  } else if (event.key === " " && event.target.matches("[data-row]")) {
    row.querySelector("[data-pick]").click();
  } else if ((event.key === "ArrowRight" && !isOpen) || (event.key === "ArrowLeft" && isOpen)) {
    toggleNotice(notice);
  } else {
    return;
  }
  event.preventDefault();
});

ready();
