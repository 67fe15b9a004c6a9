// Many images as rows of 784 pixels, one row an image; the row pointed at or tapped is shown as the image it is.
// The blob holds the bytes, image by image.

import { fit, onPoint, theme } from "./canvas.js";
import { mounted } from "./mount.js";

function paintGrey(canvas, bytes, width) {
  [canvas.width, canvas.height] = [width, bytes.length / width];
  const image = new ImageData(canvas.width, canvas.height);
  const cells = new Uint32Array(image.data.buffer);
  for (let i = 0; i < cells.length; i++) cells[i] = (255 << 24) | (0x010101 * bytes[i]);
  canvas.getContext("2d").putImageData(image, 0, 0);
}

function makeFlat(node) {
  node.classList.add("flat");
  node.innerHTML = `<div class="panes">
    <div class="large"><canvas class="rows" role="img"></canvas></div>
    <div class="small"><canvas class="one" role="img"></canvas><p class="caption"></p></div></div>`;
  const rows = node.querySelector(".rows");
  const one = node.querySelector(".one");
  const caption = node.querySelector(".caption");
  const sheet = document.createElement("canvas");
  let message = null;
  let chosen = 0;
  let scale = 1; // pixels of the page for each of an image

  function draw() {
    const { labels, side, blob, first } = message;
    const pixels = side * side;
    const { pen, width } = fit(rows, (w) => Math.round((w * labels.length) / pixels));
    scale = width / pixels;
    pen.drawImage(sheet, 0, 0, width, labels.length * scale);
    pen.fillStyle = theme(node, "primary-color");
    pen.fillRect(0, chosen * scale - 1, width, Math.max(scale, 2));
    paintGrey(one, blob.subarray(chosen * pixels, (chosen + 1) * pixels), side);
    caption.textContent = `Row ${chosen}: image ${first + chosen}, a ${labels[chosen]}.`;
    node.dataset.row = chosen;
  }
  onPoint(
    rows,
    (_, y) => {
      chosen = Math.min(Math.max(Math.floor(y / scale), 0), message.labels.length - 1);
      draw();
    },
    () => {},
  );

  return {
    show(news) {
      if (news !== message) paintGrey(sheet, news.blob, news.side ** 2);
      message = news;
      draw();
    },
  };
}

export default mounted(makeFlat);
