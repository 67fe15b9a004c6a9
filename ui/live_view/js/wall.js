// A wall of test digits. Those that the model misreads at the frame's step are framed and carry what it reads instead.
// The blob is one PNG with all of them, `in_a_row` to a row.

import { fit, font, theme } from "./canvas.js";
import { mounted } from "./mount.js";

const NARROW = 640; // pixels of the page; below, fewer digits stand in a row

function makeWall(node) {
  node.classList.add("wall");
  node.innerHTML = '<div class="stage"><canvas role="img"></canvas></div><p class="caption"></p>';
  const canvas = node.querySelector("canvas");
  const caption = node.querySelector(".caption");
  const sheet = new Image();
  let last = null;
  let drawn = "";
  sheet.onload = () => last && show(...last);

  function drawDigit(pen, { side, in_a_row }, k, x, y, size) {
    if (!sheet.complete || !sheet.naturalWidth) return;
    const [left, top] = [(k % in_a_row) * side, Math.floor(k / in_a_row) * side];
    pen.drawImage(sheet, left, top, side, side, x + 1, y + 1, size - 2, size - 2);
  }

  function drawFrame(pen, read, x, y, size, red) {
    const mark = Math.max(13, size * 0.42);
    pen.strokeStyle = pen.fillStyle = red;
    pen.lineWidth = 2.5;
    pen.strokeRect(x + 1.5, y + 1.5, size - 3, size - 3);
    pen.fillRect(x + size - mark, y + size - mark, mark, mark);
    pen.fillStyle = "white";
    pen.font = font(node, mark - 2, 700);
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillText(read, x + size - mark / 2, y + size - mark / 2 + 1);
  }

  function show(message, index) {
    last = [message, index];
    const { labels } = message;
    const { step, read } = message.frames[index];
    node.dataset.step = step;
    if (!sheet.src) sheet.src = URL.createObjectURL(new Blob([message.blob], { type: "image/png" }));
    const now = [read, node.clientWidth, sheet.complete && sheet.naturalWidth].join();
    if (now === drawn) return; // most steps change nothing on the wall
    drawn = now;
    const across = node.clientWidth < NARROW ? 10 : 25;
    const { pen, width } = fit(canvas, (w) => Math.ceil(labels.length / across) * (w / across));
    const size = width / across;
    const red = theme(node, "primary-color");
    labels.forEach((label, k) => {
      const [x, y] = [(k % across) * size, Math.floor(k / across) * size];
      drawDigit(pen, message, k, x, y, size);
      if (read[k] !== label) drawFrame(pen, read[k], x, y, size, red);
    });
    const wrong = labels.filter((label, k) => read[k] !== label).length;
    node.dataset.wrong = wrong;
    caption.textContent = `${wrong} of these ${labels.length} ${wrong === 1 ? "is" : "are"} misread: framed, with what the model reads in the corner.`;
    canvas.setAttribute("aria-label", caption.textContent);
  }

  return { show };
}

export default mounted(makeWall);
