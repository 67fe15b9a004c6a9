// A confusion matrix as a table of buttons: a tap on a cell tells Python [true digit, predicted digit].
// Misread cells are red by their share of the largest of them, so that the diagonal, in blue, does not drown them.

import { faded } from "./canvas.js";
import { mounted } from "./mount.js";

const whole = (share) => (share === null ? "–" : Math.floor(100 * share + 0.5));

function makeMatrix(node, pick) {
  node.classList.add("matrix");
  node.innerHTML = "<table></table>";
  const table = node.querySelector("table");
  table.addEventListener("click", ({ target }) => {
    const cell = target.closest("button");
    if (cell) pick([Number(cell.dataset.truth), Number(cell.dataset.read)]);
  });

  return {
    show({ counts, precision, recall, shares, chosen, colours }) {
      const worst = Math.max(1, ...counts.flatMap((row, truth) => row.filter((_, read) => read !== truth)));
      const totals = counts.map((row) => row.reduce((sum, count) => sum + count, 0));
      const cell = (count, truth, read) => {
        const share = totals[truth] ? count / totals[truth] : 0;
        const right = truth === read;
        const strength = right ? 0.15 + 0.45 * share : count ? 0.08 + 0.72 * Math.sqrt(count / worst) : 0;
        const colour = faded(right ? colours.right : colours.wrong, strength);
        const text = shares ? (count ? (100 * share).toFixed(1) : "") : count || "";
        const picked = chosen && chosen[0] === truth && chosen[1] === read ? ' aria-pressed="true"' : "";
        const words = `${count} of the ${totals[truth]} ${truth}s are read as ${read}`;
        return `<td><button type="button" data-truth="${truth}" data-read="${read}" style="background:${colour}"
          title="${words}" aria-label="${words}"${picked}>${text}</button></td>`;
      };
      const rows = counts.map(
        (row, truth) => `<tr><th>${truth}</th>${row.map((count, read) => cell(count, truth, read)).join("")}
          <td class="margin">${whole(recall[truth])}</td></tr>`,
      );
      table.innerHTML = `<thead><tr><th></th><th colspan="${counts.length}">read as</th><th></th></tr>
        <tr><th>true</th>${counts.map((_, digit) => `<th>${digit}</th>`).join("")}<th>recall</th></tr></thead>
        <tbody>${rows.join("")}
        <tr><th>prec.</th>${precision.map((share) => `<td class="margin">${whole(share)}</td>`).join("")}<td></td></tr>
        </tbody>`;
    },
  };
}

export default mounted(makeMatrix);
