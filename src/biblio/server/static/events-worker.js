// Shared by the tabs: holds the one connection and passes on what it hears. What came last is told to a new tab.

import { connect } from "./events.js";

const tabs = new Set();
let hello = null;

connect((event) => {
  if (event.kind === "hello" || event.kind === "changed") hello = { kind: "hello", values: event.values };
  for (const tab of tabs) tab.postMessage(event);
});

onconnect = ({ ports: [tab] }) => {
  tabs.add(tab);
  tab.start();
  if (hello) tab.postMessage(hello);
};
