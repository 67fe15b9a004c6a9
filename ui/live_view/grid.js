// Square pictures in a grid, each with a label over it. Values are int8, -127..127 for `seismic` and 0..127 for `grey`.

const PALETTES = {
  seismic: [[0, 0, 77], [0, 0, 255], [255, 255, 255], [255, 0, 0], [128, 0, 0]], // Matplotlib's stops
  grey: [[0, 0, 0], [0, 0, 0], [0, 0, 0], [128, 128, 128], [255, 255, 255]],
};
const LABEL = 16, GAP = 6;

function lookUp(name) {
  const stops = PALETTES[name], table = new Uint32Array(256);
  for (let value = -128; value < 128; value++) {
    const at = Math.min(Math.max((value + 127) / 254, 0), 1) * 4, low = Math.min(Math.floor(at), 3);
    const [r, g, b] = stops[low].map((from, i) => Math.round(from + (stops[low + 1][i] - from) * (at - low)));
    table[value & 255] = (255 << 24) | (b << 16) | (g << 8) | r;
  }
  return table;
}
const TABLES = Object.fromEntries(Object.keys(PALETTES).map((name) => [name, lookUp(name)]));

const picture = document.createElement("canvas");

function paint(pen, values, table, side, x, y, size) {
  picture.width = picture.height = side;
  const image = new ImageData(side, side), cells = new Uint32Array(image.data.buffer);
  for (let i = 0; i < values.length; i++) cells[i] = table[values[i] & 255];
  picture.getContext("2d").putImageData(image, 0, 0);
  pen.imageSmoothingEnabled = false;
  pen.drawImage(picture, x, y, size, size);
}

// Draws the grid and returns its places: which picture and which of its pixels is at a point of the canvas.
function drawGrid(node, canvas, { labels, columns, side, palette, largest, least = 0 }, valuesOf) {
  const count = labels.length, head = labels.some((label) => label) ? LABEL : 0;
  const fitting = least ? Math.floor((canvas.parentElement.clientWidth + GAP) / (least + GAP)) : columns;
  const across = Math.max(1, Math.min(columns, count, fitting)), rows = Math.ceil(count / across);
  const cell = (width) => Math.min(Math.floor((width - GAP * (across - 1)) / across), largest);
  const { pen, width } = fit(canvas, (w) => Math.max(rows * (cell(w) + head + GAP) - GAP, 0));
  const size = cell(width);
  Object.assign(canvas.dataset, { across, size, head });
  pen.font = `600 13px ${theme(node, "font", "sans-serif")}`;
  pen.textBaseline = "top";
  labels.forEach((label, k) => {
    const x = (k % across) * (size + GAP), y = Math.floor(k / across) * (size + head + GAP);
    pen.fillStyle = theme(node, "text-color", "#333");
    if (head) pen.fillText(label, x, y, size);
    paint(pen, valuesOf(k), TABLES[palette], side, x, y + head, size);
    pen.strokeStyle = theme(node, "border-color", "#ccc");
    pen.lineWidth = 1;
    pen.strokeRect(x + 0.5, y + head + 0.5, size - 1, size - 1);
  });
  return (x, y) => {
    const column = Math.floor(x / (size + GAP)), row = Math.floor(y / (size + head + GAP)), k = row * across + column;
    const px = Math.floor(((x - column * (size + GAP)) / size) * side);
    const py = Math.floor(((y - row * (size + head + GAP) - head) / size) * side);
    return column < across && k < count && px < side && py < side && py >= 0 ? { k, px, py } : null;
  };
}
