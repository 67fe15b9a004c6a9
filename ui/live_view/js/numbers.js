// One image as its 784 numbers, twice: as bytes 0..255 and as the model reads them, 0..1. A tap names the pixel.
// The blob holds the bytes.

import { mounted } from "./mount.js";

const share = (byte) => (byte === 0 ? "0" : byte === 255 ? "1" : (byte / 255).toFixed(2).replace(/^0/, ""));

function sheetOf({ side, blob }, title, write) {
  const rows = [];
  for (let row = 0; row < side; row++) {
    const cells = Array.from(blob.subarray(row * side, (row + 1) * side), (byte, column) => {
      const ink = byte > 127 ? "black" : "white";
      return `<td data-row="${row}" data-column="${column}" data-byte="${byte}"
        style="background:rgb(${byte},${byte},${byte});color:${ink}">${write(byte)}</td>`;
    });
    rows.push(`<tr>${cells.join("")}</tr>`);
  }
  return `<figure><figcaption>${title}</figcaption><div><table>${rows.join("")}</table></div></figure>`;
}

function makeNumbers(node) {
  node.classList.add("numbers");
  node.innerHTML = '<p class="value"></p><div class="sheets"></div>';
  const sheets = node.querySelector(".sheets");
  const value = node.querySelector(".value");
  const tell = ({ target }) => {
    const { row, column, byte } = target.closest("td")?.dataset ?? {};
    if (row) value.textContent = `Row ${row}, column ${column}: ${byte} of 255, that is ${(byte / 255).toFixed(4)}.`;
  };
  sheets.addEventListener("pointermove", tell);
  sheets.addEventListener("click", tell);

  return {
    show(message) {
      value.textContent =
        "Point at a number or tap it to see which pixel it is. On a narrow screen, swipe the sheets sideways.";
      sheets.innerHTML =
        sheetOf(message, "Bytes, 0 to 255", (byte) => byte) +
        sheetOf(message, "As the model reads them, 0 to 1", share);
      node.dataset.sum = message.blob.reduce((sum, byte) => sum + byte, 0);
    },
  };
}

export default mounted(makeNumbers);
