// Bars of how often each value was found, and marks: values of somebody else on the same axis.

import { fit, font, line, theme } from "./canvas.js";
import { mounted } from "./mount.js";

const FOOT = 24;
const HEAD = 40;
const SIDES = 8;

function makeHistogram(node) {
  node.classList.add("histogram");
  node.innerHTML = '<div class="stage"><canvas role="img"></canvas></div><p class="caption"></p>';
  const canvas = node.querySelector("canvas");
  const caption = node.querySelector(".caption");

  return {
    show({ counts, range, ticks, marks, height, colour, caption: words }) {
      const [low, high] = range;
      const { pen, width } = fit(canvas, () => height);
      const most = Math.max(1, ...counts);
      const floor = height - FOOT;
      const wide = (width - 2 * SIDES) / counts.length;
      const x = (value) => SIDES + ((value - low) / (high - low)) * (width - 2 * SIDES);
      pen.fillStyle = colour;
      counts.forEach((count, bin) => {
        const tall = (count / most) * (floor - HEAD);
        pen.fillRect(SIDES + bin * wide + 0.5, floor - tall, Math.max(wide - 1, 1), tall);
      });
      pen.font = font(node, 12);
      pen.fillStyle = theme(node, "text-color");
      pen.textAlign = "center";
      pen.textBaseline = "top";
      for (const [value, label] of ticks) pen.fillText(label, Math.min(Math.max(x(value), 16), width - 16), floor + 6);
      pen.strokeStyle = theme(node, "border-color");
      pen.lineWidth = 1;
      line(pen, [
        [SIDES, floor + 0.5],
        [width - SIDES, floor + 0.5],
      ]);
      pen.font = font(node, 13, 600);
      pen.strokeStyle = pen.fillStyle = theme(node, "primary-color");
      pen.lineWidth = 2;
      marks.forEach(([value, label], i) => {
        const left = x(value) + 8 + pen.measureText(label).width > width;
        const y = 4 + (i % 2) * 18;
        line(pen, [
          [x(value), y + 2],
          [x(value), floor],
        ]);
        pen.textAlign = left ? "right" : "left";
        pen.fillText(label, x(value) + (left ? -5 : 5), y);
      });
      node.dataset.count = counts.reduce((sum, count) => sum + count, 0);
      caption.textContent = words;
      canvas.setAttribute("aria-label", words);
    },
  };
}

export default mounted(makeHistogram);
