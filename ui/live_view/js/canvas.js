// Canvases that are sharp on every screen, the colours of the theme, and what a pointer or a finger is at.

// A canvas as wide as its parent and `height(width)` high; returns its context and size in pixels of the page.
export function fit(canvas, height) {
  const width = canvas.parentElement.clientWidth;
  const ratio = devicePixelRatio || 1;
  const tall = height(width);
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

// A colour or the font of the page's theme.
export function theme(node, name) {
  return getComputedStyle(node).getPropertyValue(`--st-${name}`).trim();
}

export function font(node, pixels, weight = 400) {
  return `${weight} ${pixels}px ${theme(node, "font") || "sans-serif"}`;
}

export function isDark(node) {
  const colour = theme(node, "background-color"); // #rrggbb
  return [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16)).reduce((sum, part) => sum + part, 0) < 384;
}

export function line(pen, points) {
  pen.beginPath();
  for (const [x, y] of points) pen.lineTo(x, y);
  pen.stroke();
}

// A colour #rrggbb with an opacity from 0 to 1.
export function faded(colour, opacity) {
  const byte = Math.round(255 * Math.min(Math.max(opacity, 0), 1));
  return colour + byte.toString(16).padStart(2, "0");
}

// Calls `at(x, y)` where the canvas is pointed at or tapped, and `gone()` when a mouse has left it.
export function onPoint(canvas, at, gone) {
  canvas.addEventListener("pointermove", ({ offsetX, offsetY }) => at(offsetX, offsetY));
  canvas.addEventListener("click", ({ offsetX, offsetY }) => at(offsetX, offsetY));
  canvas.addEventListener("pointerleave", ({ pointerType }) => {
    if (pointerType === "mouse") gone();
  });
}

// A small box of text beside a point of a canvas.
export function makeTip(canvas) {
  const box = document.createElement("div");
  box.className = "tip";
  box.hidden = true;
  canvas.parentElement.append(box);
  return {
    show(x, y, html) {
      box.innerHTML = html;
      box.hidden = false;
      const room = canvas.clientWidth;
      const left = x + 14 + box.offsetWidth <= room ? x + 14 : Math.max(0, x - 14 - box.offsetWidth);
      box.style.left = `${Math.max(0, Math.min(left, room - box.offsetWidth))}px`;
      box.style.top = `${canvas.offsetTop + Math.max(0, y - box.offsetHeight - 10)}px`;
    },
    hide() {
      box.hidden = true;
    },
  };
}
