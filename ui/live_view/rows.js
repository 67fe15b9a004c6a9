// Ten probabilities as bars with their figures: text first, so that every reader of the page gets them.

function showRows(node, values, chosen) {
  if (node.children.length !== values.length)
    node.replaceChildren(...values.map((_, digit) => {
      const row = document.createElement("div");
      row.innerHTML = `<b>${digit}</b><span class="track"><span class="fill"></span></span><span class="share"></span>`;
      return row;
    }));
  values.forEach((value, digit) => {
    const row = node.children[digit];
    row.className = digit === chosen ? "row chosen" : "row";
    row.querySelector(".fill").style.width = `${100 * value}%`;
    row.querySelector(".share").textContent = value > 0.999 && value < 1 ? "> 99.9 %" : `${(100 * value).toFixed(1)} %`;
  });
}
