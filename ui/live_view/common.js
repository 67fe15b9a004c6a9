// What all views share: reading a message, canvases that are sharp on every screen, the colours of the theme.
//
// A message is four bytes (little-endian length of the header), the header (JSON) and a blob of bytes.

function unpack(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  return { ...header, blob: bytes.subarray(4 + size) };
}

// A canvas as wide as its parent and `height(width)` high, sharp on every screen; returns its context and width.
function fit(canvas, height) {
  const width = canvas.parentElement.clientWidth, ratio = devicePixelRatio || 1, tall = height(width);
  const [w, h] = [Math.round(width * ratio), Math.round(tall * ratio)];
  if (canvas.width !== w || canvas.height !== h) {
    [canvas.width, canvas.height] = [w, h];
    canvas.style.height = `${tall}px`;
  }
  const pen = canvas.getContext("2d");
  pen.setTransform(ratio, 0, 0, ratio, 0, 0);
  pen.clearRect(0, 0, width, tall);
  return { pen, width, tall };
}

function theme(node, name, otherwise) {
  return getComputedStyle(node).getPropertyValue(`--st-${name}`).trim() || otherwise;
}

function line(pen, points) {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.stroke();
}

function isDark(colour) {
  const [r, g, b] = [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)); // the theme's colours are #rrggbb
  return r + g + b < 384;
}
