// Bars of how often each value was found, and marks: values of somebody else on the same axis.

const TALL = 210, FOOT = 24, HEAD = 40;

function makeView(parent) {
  const node = parent.querySelector(".histogram"), canvas = node.querySelector("canvas");
  const caption = node.querySelector(".caption");

  return {
    node,
    prepare() {},
    show({ message }) {
      const { counts, range, ticks, marks } = message, [low, high] = range;
      const { pen, width } = fit(canvas, () => TALL), most = Math.max(1, ...counts), floor = TALL - FOOT;
      const text = theme(node, "text-color", "#333"), red = theme(node, "primary-color", "#c62828");
      const x = (value) => 8 + ((value - low) / (high - low)) * (width - 16), wide = (width - 16) / counts.length;
      pen.fillStyle = "#2f6fde";
      counts.forEach((count, bin) => {
        const tall = (count / most) * (floor - HEAD);
        pen.fillRect(8 + bin * wide + 0.5, floor - tall, Math.max(wide - 1, 1), tall);
      });
      pen.font = `12px ${theme(node, "font", "sans-serif")}`;
      pen.fillStyle = text;
      pen.textAlign = "center";
      pen.textBaseline = "top";
      for (const [value, label] of ticks) pen.fillText(label, Math.min(Math.max(x(value), 16), width - 16), floor + 6);
      pen.strokeStyle = theme(node, "border-color", "#ccc");
      pen.lineWidth = 1;
      line(pen, [[8, floor + 0.5], [width - 8, floor + 0.5]]);
      pen.font = `600 13px ${theme(node, "font", "sans-serif")}`;
      marks.forEach(([value, label], i) => {
        const left = x(value) > width - 150, y = 4 + (i % 2) * 18;
        pen.strokeStyle = pen.fillStyle = red;
        pen.lineWidth = 2;
        line(pen, [[x(value), y + 2], [x(value), floor]]);
        pen.textAlign = left ? "right" : "left";
        pen.fillText(label, x(value) + (left ? -5 : 5), y);
      });
      node.dataset.count = counts.reduce((sum, count) => sum + count, 0);
      caption.textContent = message.caption;
      canvas.setAttribute("aria-label", message.caption);
    },
  };
}
