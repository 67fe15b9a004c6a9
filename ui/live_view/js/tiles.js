// Pictures in a grid: weight images, evidence, the stages of a drawing, galleries of digits. The blob holds, frame by
// frame and picture by picture, side * side numbers: int8, 127 for the frame's scale, or int16, 32767 for it.
//
// Where `reads` is set ("digit", "unit"), a pixel that is pointed at or tapped tells its number. Where `picks` is set, a
// tap tells Python the picture's number.

import { makeTip, onPoint } from "./canvas.js";
import { signed, thousands } from "./formatting.js";
import { drawGrid, LEGEND, numbersOf, writeLegend } from "./grid.js";
import { mounted } from "./mount.js";

function makeTiles(node, pick) {
  node.classList.add("tiles");
  node.innerHTML = `<div class="stage"><canvas role="img"></canvas></div><p class="caption"></p>${LEGEND}`;
  const canvas = node.querySelector("canvas");
  const caption = node.querySelector(".caption");
  const tip = makeTip(canvas);
  let place = () => null;
  let picks = false;
  let at = null; // the point of the canvas that is asked about
  let read = () => null;

  function tell() {
    const pixel = at && place(...at);
    const words = pixel && read(pixel);
    if (words) tip.show(...at, words);
    else tip.hide();
  }
  onPoint(
    canvas,
    (x, y) => {
      at = [x, y];
      tell();
    },
    () => {
      at = null;
      tell();
    },
  );
  canvas.addEventListener("click", ({ offsetX, offsetY }) => {
    const found = picks && place(offsetX, offsetY);
    if (found) pick(found.k);
  });

  return {
    show(message, index) {
      const { labels, side, reads } = message;
      const { step = 0, scale = message.scale } = message.frames?.[index] ?? {};
      const numbers = numbersOf(message);
      place = drawGrid(node, canvas, message, numbers, index);
      read = ({ k, px, py }) => {
        if (!reads) return null;
        const value = (numbers.of(index, k)[py * side + px] / numbers.full) * scale;
        return `${reads} ${labels[k]}, row ${py}, column ${px}<br><b>weight ${signed(value, 3)}</b>`;
      };
      picks = message.picks;
      canvas.style.cursor = picks ? "pointer" : "";
      node.dataset.step = step;
      node.dataset.labels = labels.join("|");
      caption.textContent = message.caption.replace("{step}", thousands(step));
      writeLegend(node, message, scale);
      canvas.setAttribute("aria-label", `${message.alt} ${caption.textContent}`);
      tell();
    },
  };
}

export default mounted(makeTiles);
