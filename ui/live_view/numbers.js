// One image as its 784 numbers, twice: as bytes 0..255 and as the model reads them, 0..1. A tap names the pixel.
// The blob holds the bytes.

function makeView(parent) {
  const node = parent.querySelector(".numbers"), sheets = node.querySelector(".sheets"), value = node.querySelector(".value");
  const tell = ({ target }) => {
    const cell = target.closest("td");
    if (cell) value.textContent = `Row ${cell.dataset.row}, column ${cell.dataset.column}: ${cell.dataset.byte} of 255, ` +
      `that is ${(cell.dataset.byte / 255).toFixed(4)}.`;
  };
  sheets.addEventListener("pointermove", tell);
  sheets.addEventListener("click", tell);

  const share = (byte) => (byte === 0 ? "0" : byte === 255 ? "1" : (byte / 255).toFixed(2).replace(/^0/, ""));

  return {
    node,
    prepare() {},
    show({ message }) {
      const { side, blob } = message;
      value.textContent = "Point at a number or tap it to see which pixel it is. On a narrow screen, swipe the sheets sideways.";
      const sheet = (title, write) => {
        let rows = "";
        for (let row = 0; row < side; row++) {
          rows += "<tr>";
          for (let column = 0; column < side; column++) {
            const byte = blob[row * side + column], ink = byte > 127 ? "#000" : "#fff";
            rows += `<td data-row="${row}" data-column="${column}" data-byte="${byte}"
              style="background:rgb(${byte},${byte},${byte});color:${ink}">${write(byte)}</td>`;
          }
          rows += "</tr>";
        }
        return `<figure><figcaption>${title}</figcaption><div><table>${rows}</table></div></figure>`;
      };
      sheets.innerHTML = sheet("Bytes, 0 to 255", (byte) => byte) +
        sheet("As the model reads them, 0 to 1", share);
      node.dataset.sum = blob.reduce((sum, byte) => sum + byte, 0);
    },
  };
}
