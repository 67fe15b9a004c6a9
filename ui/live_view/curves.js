// Two line charts over the steps, loss and accuracy, drawn up to the frame's step: the curves race along with the
// weight images. `charts` holds for each its title, y range, rules (horizontal lines with a word) and series; a
// series has x and y, a `role` for its colour, and is drawn as a line, as dots, or dashed for an earlier run.

const HEIGHT = 194, LEFT = 44, RIGHT = 24, TOP = 24, BOTTOM = 22;
const REST = 70; // ms between two paintings: curves move little from one frame to the next
const ROLES = {
  training: ["#2f6fde", "#7aa5ff"], test: ["#d62728", "#ff6b64"],
  batch: ["rgba(47,111,222,.45)", "rgba(122,165,255,.5)"], earlier: ["#8a8a8a", "#9a9a9a"],
};

function makeView(parent) {
  const node = parent.querySelector(".curves");
  const charts = [...node.querySelectorAll("canvas")];
  let message = null, dark = 0, painted = 0;

  function draw(canvas, chart, upTo) {
    const { pen, width } = fit(canvas, () => HEIGHT);
    const text = theme(node, "text-color", "#333"), faint = theme(node, "border-color", "#ddd");
    const across = (step) => (message.log ? Math.log1p(step) : step);
    const end = across(message.last) || 1, [low, high] = chart.range;
    const x = (step) => LEFT + (across(step) / end) * (width - LEFT - RIGHT);
    const y = (value) => TOP + (1 - (value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
    pen.font = `12px ${theme(node, "font", "sans-serif")}`;
    pen.lineWidth = 1;
    pen.textBaseline = "middle";
    for (const [value, label] of chart.ticks) {
      pen.strokeStyle = faint;
      line(pen, [[LEFT, y(value)], [width - RIGHT, y(value)]]);
      pen.fillStyle = text;
      pen.textAlign = "right";
      pen.fillText(label, LEFT - 6, y(value));
    }
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    let free = -Infinity;
    for (const step of message.stops) {
      const label = step.toLocaleString("en"), half = pen.measureText(label).width / 2;
      const at = Math.min(x(step), width - half);
      if (at - half > free) pen.fillText(label, at, HEIGHT - 2), (free = at + half + 6);
    }
    pen.save();
    pen.beginPath();
    pen.rect(LEFT, TOP - 2, width - LEFT, HEIGHT - TOP - BOTTOM + 4);
    pen.clip();
    for (const series of chart.series) {
      const points = [];
      for (let i = 0; i < series.x.length && (series.role === "earlier" || series.x[i] <= upTo); i++)
        points.push([x(series.x[i]), y(series.y[i])]);
      pen.strokeStyle = pen.fillStyle = ROLES[series.role][dark];
      pen.lineWidth = series.role === "test" ? 2.5 : 1.2;
      pen.setLineDash(series.role === "earlier" ? series.dash : []);
      if (series.dots) for (const [px, py] of points) pen.beginPath(), pen.arc(px, py, 3.5, 0, 7), pen.fill();
      else line(pen, points);
      const tip = points[points.length - 1];
      if (tip && series.role === "test") pen.beginPath(), pen.arc(...tip, 4, 0, 7), pen.fill();
    }
    pen.setLineDash([]);
    pen.restore();
    words(pen, chart, text, y, width);
  }

  function words(pen, chart, text, y, width) {
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.font = `600 13px ${theme(node, "font", "sans-serif")}`;
    pen.fillStyle = text;
    pen.fillText(chart.title, LEFT, 2);
    let at = LEFT + pen.measureText(chart.title).width + 14;
    pen.font = `12px ${theme(node, "font", "sans-serif")}`;
    for (const { name, role } of chart.legend) {
      const wide = pen.measureText(name).width + 34;
      if (at + wide > width) break;
      pen.strokeStyle = ROLES[role][dark];
      pen.lineWidth = 3;
      line(pen, [[at, 9], [at + 16, 9]]);
      pen.fillText(name, at + 20, 3);
      at += wide;
    }
    for (const [value, label] of chart.rules) {
      pen.textAlign = "right";
      pen.textBaseline = "bottom";
      pen.fillStyle = pen.strokeStyle = theme(node, "gray-text-color", "#777");
      pen.setLineDash([2, 4]);
      pen.lineWidth = 1;
      line(pen, [[LEFT, y(value)], [width - RIGHT, y(value)]]);
      pen.setLineDash([]);
      pen.fillText(label, width - RIGHT, y(value) - 1);
    }
  }

  return {
    node,
    prepare(news) {
      message = news;
      dark = isDark(theme(node, "background-color", "#fff")) ? 1 : 0;
    },
    show(frame) {
      node.dataset.step = frame.step;
      const final = message.frames[message.frames.length - 1].step === frame.step;
      if (!final && performance.now() - painted < REST) return;
      painted = performance.now();
      charts.forEach((canvas, i) => {
        draw(canvas, message.charts[i], frame.step);
        canvas.setAttribute("aria-label", message.charts[i].alt);
      });
    },
  };
}
