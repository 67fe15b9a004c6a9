// Many images as rows of 784 pixels, one row an image; the row pointed at or tapped is shown as the image it is.
// The blob holds the bytes, image by image.

function makeView(parent) {
  const node = parent.querySelector(".flat"), rows = node.querySelector(".rows"), one = node.querySelector(".one");
  const caption = node.querySelector(".caption"), sheet = document.createElement("canvas");
  let message = null, chosen = 0, scale = 1;

  function grey(canvas, width, height, from) {
    [canvas.width, canvas.height] = [width, height];
    const image = new ImageData(width, height), cells = new Uint32Array(image.data.buffer);
    for (let i = 0; i < cells.length; i++) cells[i] = (255 << 24) | (0x010101 * message.blob[from + i]);
    canvas.getContext("2d").putImageData(image, 0, 0);
  }
  function draw() {
    const { labels, side } = message, count = labels.length, pixels = side * side;
    const { pen, width } = fit(rows, (w) => Math.round((w * count) / pixels));
    scale = width / pixels;
    pen.drawImage(sheet, 0, 0, width, count * scale);
    pen.fillStyle = theme(node, "primary-color", "#c62828");
    pen.fillRect(0, chosen * scale - 1, width, Math.max(scale, 2));
    grey(one, side, side, chosen * pixels);
    caption.textContent = `Row ${chosen}: image ${message.first + chosen}, a ${labels[chosen]}.`;
    node.dataset.row = chosen;
  }
  const point = ({ offsetY }) => {
    chosen = Math.min(Math.max(Math.floor(offsetY / scale), 0), message.labels.length - 1);
    draw();
  };
  rows.addEventListener("pointermove", point);
  rows.addEventListener("click", point);

  return {
    node,
    prepare(news) {
      message = news;
      grey(sheet, news.side * news.side, news.labels.length, 0);
    },
    show: draw,
  };
}
