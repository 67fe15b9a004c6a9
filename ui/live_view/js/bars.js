// Ten probabilities of one digit.

import { mounted } from "./mount.js";
import { showRows } from "./rows.js";

function makeBars(node) {
  node.classList.add("bars");
  return { show: ({ values, chosen, colour }) => showRows(node, values, chosen, colour) };
}

export default mounted(makeBars);
