// Square pictures in a grid, each with a label: the weight images, evidence, the stages of a drawing.
// The blob holds, frame by frame and picture by picture, side * side int8 numbers: -127..127 for `seismic`, where 127
// stands for the frame's `scale`, and 0..127 for `grey`.

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

function makeView(parent) {
  const node = parent.querySelector(".tiles"), canvas = node.querySelector("canvas");
  const legend = node.querySelector(".legend"), caption = node.querySelector(".caption");
  const picture = document.createElement("canvas");

  function paint(pen, values, table, side, x, y, size) {
    picture.width = picture.height = side;
    const image = new ImageData(side, side), cells = new Uint32Array(image.data.buffer);
    for (let i = 0; i < values.length; i++) cells[i] = table[values[i]];
    picture.getContext("2d").putImageData(image, 0, 0);
    pen.imageSmoothingEnabled = false;
    pen.drawImage(picture, x, y, size, size);
  }

  return {
    node,
    prepare() {},
    show(frame) {
      const { message, index, step } = frame, { labels, columns, side, palette, largest } = message;
      const count = labels.length, across = Math.min(columns, count), rows = Math.ceil(count / across);
      const cell = (width) => Math.min(Math.floor((width - GAP * (across - 1)) / across), largest);
      const { pen, width } = fit(canvas, (w) => rows * (cell(w) + LABEL + GAP) - GAP);
      const size = cell(width), pixels = side * side;
      pen.font = `600 13px ${theme(node, "font", "sans-serif")}`;
      pen.textBaseline = "top";
      pen.fillStyle = theme(node, "text-color", "#333");
      labels.forEach((label, k) => {
        const x = (k % across) * (size + GAP), y = Math.floor(k / across) * (size + LABEL + GAP);
        pen.fillText(label, x, y, size);
        const from = (index * count + k) * pixels;
        paint(pen, message.blob.subarray(from, from + pixels), TABLES[palette], side, x, y + LABEL, size);
        pen.strokeStyle = theme(node, "border-color", "#ccc");
        pen.lineWidth = 1;
        pen.strokeRect(x + 0.5, y + LABEL + 0.5, size - 1, size - 1);
      });
      node.dataset.step = step;
      caption.textContent = message.caption.replace("{step}", step.toLocaleString("en"));
      legend.hidden = palette !== "seismic";
      legend.querySelectorAll("i").forEach((node, i) => (node.textContent = message.words ? message.words[i] : ""));
      const scale = frame.scale === undefined ? "" : frame.scale.toPrecision(2);
      node.querySelector(".least").textContent = scale && `−${scale}`;
      node.querySelector(".most").textContent = scale && `+${scale}`;
      canvas.setAttribute("aria-label", `${message.alt} ${caption.textContent}`);
    },
  };
}
