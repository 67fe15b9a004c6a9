// Ten probabilities as bars with their figures: text first, so that every reader of the page gets them.

import { probability } from "./formatting.js";

export function showRows(node, values, chosen, colour) {
  if (node.children.length !== values.length)
    node.replaceChildren(
      ...values.map((_, digit) => {
        const row = document.createElement("div");
        row.innerHTML = `<b>${digit}</b><span class="track"><span class="fill"></span></span><span class="share"></span>`;
        return row;
      }),
    );
  values.forEach((value, digit) => {
    const row = node.children[digit];
    row.className = digit === chosen ? "row chosen" : "row";
    const fill = row.querySelector(".fill");
    fill.style.width = `${100 * value}%`;
    fill.style.background = digit === chosen ? "" : colour;
    row.querySelector(".share").textContent = probability(value);
  });
}
