// Shared by the tabs: holds the one connection and passes on what it hears. What came last is told to a new tab.

import { connect } from "./events.js";

const tabs = new Set();
let hello = null;
let full = false; // there was no room for the connection; perhaps there is for the next tab

const begin = () => connect((event) => {
  full = event.kind === "full";
  if (event.kind === "hello" || event.kind === "changed") hello = { kind: "hello", values: event.values };
  for (const tab of tabs) tab.postMessage(event);
});
begin();

onconnect = ({ ports: [tab] }) => {
  tabs.add(tab);
  tab.start();
  if (hello) tab.postMessage(hello);
  if (!full) return;
  full = false;
  begin();
};
