// Square pictures in a grid, each with a label over it, in the colours of a palette: five stops, evenly spaced.

import { fit, font, theme } from "./canvas.js";

const LABEL = 16;
const GAP = 6;
const tables = new Map();
const sheet = document.createElement("canvas");

// A colour for each int8, -127..127 from the first stop to the last one.
function lookUp(palette) {
  const name = palette.join();
  if (!tables.has(name)) tables.set(name, makeTable(palette));
  return tables.get(name);
}

function makeTable(palette) {
  const stops = palette.map((colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)));
  const table = new Uint32Array(256);
  for (let value = -128; value < 128; value++) {
    const at = ((Math.max(value, -127) + 127) / 254) * (stops.length - 1);
    const low = Math.min(Math.floor(at), stops.length - 2);
    const [r, g, b] = stops[low].map((from, i) => Math.round(from + (stops[low + 1][i] - from) * (at - low)));
    table[value & 255] = (255 << 24) | (b << 16) | (g << 8) | r;
  }
  return table;
}

// The numbers of a message's pictures: `of(index, k)` gives those of picture k in frame `index`, `full` the one that
// stands for the frame's scale.
export function numbersOf({ blob, bits, labels, side }) {
  const type = bits === 16 ? Int16Array : Int8Array;
  const values = new type(blob.slice(0, blob.length - (blob.length % type.BYTES_PER_ELEMENT)).buffer);
  const size = side * side;
  return {
    full: bits === 16 ? 32767 : 127,
    of(index, k) {
      const from = (index * labels.length + k) * size;
      return values.subarray(from, from + size);
    },
  };
}

function paint(pen, { values, full, table, side }, x, y, size) {
  sheet.width = sheet.height = side;
  const image = new ImageData(side, side);
  const cells = new Uint32Array(image.data.buffer);
  const shift = full > 127 ? 8 : 0;
  for (let i = 0; i < values.length; i++) cells[i] = table[(values[i] >> shift) & 255];
  sheet.getContext("2d").putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(sheet, x, y, size, size);
}

// Draws one frame and returns its places: which picture, and which of its pixels, is at a point of the canvas.
export function drawGrid(node, canvas, { labels, columns, side, palette, largest, least = 0 }, numbers, index) {
  const count = labels.length;
  const head = labels.some((label) => label) ? LABEL : 0;
  const fitting = least ? Math.floor((canvas.parentElement.clientWidth + GAP) / (least + GAP)) : columns;
  const across = Math.max(1, Math.min(columns, count, fitting));
  const rows = Math.ceil(count / across);
  const cell = (width) => Math.min(Math.floor((width - GAP * (across - 1)) / across), largest);
  const { pen, width } = fit(canvas, (w) => Math.max(rows * (cell(w) + head + GAP) - GAP, 0));
  const size = cell(width);
  const table = lookUp(palette);
  const [ink, edge] = [theme(node, "text-color"), theme(node, "border-color")];
  Object.assign(canvas.dataset, { across, size, head });
  pen.font = font(node, 13, 600);
  pen.textBaseline = "top";
  pen.lineWidth = 1;
  labels.forEach((label, k) => {
    const x = (k % across) * (size + GAP);
    const y = Math.floor(k / across) * (size + head + GAP);
    pen.fillStyle = ink;
    if (head) pen.fillText(label, x, y, size);
    paint(pen, { values: numbers.of(index, k), full: numbers.full, table, side }, x, y + head, size);
    pen.strokeStyle = edge;
    pen.strokeRect(x + 0.5, y + head + 0.5, size - 1, size - 1);
  });
  return (x, y) => {
    const column = Math.floor(x / (size + GAP));
    const row = Math.floor(y / (size + head + GAP));
    const k = row * across + column;
    const px = Math.floor(((x - column * (size + GAP)) / size) * side);
    const py = Math.floor(((y - row * (size + head + GAP) - head) / size) * side);
    const inside = column < across && k >= 0 && k < count && px >= 0 && px < side && py >= 0 && py < side;
    return inside ? { k, px, py } : null;
  };
}

// Under the pictures: the scale, and what its colours say.
export const LEGEND = `<p class="legend"><span class="least"></span> <span class="bar"></span> <span class="most"></span>
  <span class="words"><b>Blue</b>: <i></i>. <b>White</b>: <i></i>. <b>Red</b>: <i></i>.</span></p>`;

export function writeLegend(node, { palette, words }, scale) {
  const legend = node.querySelector(".legend");
  legend.hidden = !words;
  if (!words) return;
  legend.querySelectorAll("i").forEach((each, i) => {
    each.textContent = words[i];
  });
  legend.querySelector(".bar").style.background = `linear-gradient(to right, ${palette.join(", ")})`;
  legend.querySelector(".least").textContent = `−${scale.toPrecision(2)}`;
  legend.querySelector(".most").textContent = `+${scale.toPrecision(2)}`;
}
