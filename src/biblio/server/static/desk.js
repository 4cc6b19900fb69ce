// What all screens share: events from the desk, what is announced, where the focus goes.

import { listen } from "./events.js";

const said = document.getElementById("said");

/** Says a sentence to everybody, and to those who do not see; the next one takes its place. */
export function say(text) {
  const line = document.createElement("p");
  line.textContent = text;
  said.replaceChildren(line);
}

let version = Number(document.body.dataset.version); // of what the page shows: events may have been before it listens
// Screens ask anew for what they show: hx-trigger="desk:changed from:body", or "desk:faults from:body" for some work.
const tell = (kind, detail) => document.body.dispatchEvent(new CustomEvent(`desk:${kind}`, { detail }));
listen(({ kind, values }) => {
  if (kind === "lost" || kind === "full") {
    say(kind === "lost" ? said.dataset.offline : said.dataset.full);
    return;
  }
  if (kind === "hello") tell("hello", values); // from now on nothing is missed: what came of some work before may have been
  if (kind === "hello" && version === values.version) return;
  version = values.version ?? version;
  tell(kind === "hello" ? "changed" : kind, values);
  if (kind === "work" && values.done) tell(values.done, values);
});

// Ctrl-Z and Ctrl-Shift-Z undo steps, but where one types: there they are the browser's.
document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "z") return;
  if (event.target.closest("input, textarea, select, [contenteditable]")) return;
  event.preventDefault();
  document.querySelector(`[data-key=${event.shiftKey ? "redo" : "undo"}]`)?.click();
});
