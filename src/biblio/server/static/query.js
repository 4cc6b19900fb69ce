// The chips of a query: added, taken out, and what they find asked for as one types.

const PAUSE = 250; // milliseconds

const form = document.getElementById("query");
const list = form.querySelector(".query-chips");
let timer = 0;
let asked = 0;
let number = 0;

async function ask() {
  const mine = (asked += 1);
  const answer = await fetch(`${form.dataset.result}?${new URLSearchParams(new FormData(form))}`, { headers: { "HX-Request": "true" } }); // a part of a page
  const text = await answer.text();
  if (mine === asked) document.getElementById(answer.ok ? "query-result" : "said").innerHTML = text;
}

function later() {
  clearTimeout(timer);
  timer = setTimeout(ask, PAUSE);
}

form.addEventListener("input", (event) => {
  if (event.target.name === "field") event.target.closest("li").querySelector("[name=value]").setAttribute("list", `words-${event.target.value}`);
  later();
});
form.addEventListener("click", ({ target }) => {
  if (target.closest("[data-chip-add]")) {
    const made = document.getElementById("chip").content.cloneNode(true);
    number += 1;
    for (const each of made.querySelectorAll("[id$=NEW], [for$=NEW]")) {
      const name = each.id ? "id" : "for";
      each.setAttribute(name, each.getAttribute(name).replace("NEW", `new-${number}`));
    }
    list.append(made);
    list.lastElementChild.querySelector("select").focus();
  }
  const removed = target.closest("[data-chip-remove]")?.closest("li");
  if (removed) {
    removed.remove();
    form.querySelector("[data-chip-add]").focus();
    later();
  }
});
