// Line charts over the steps, loss and accuracy, drawn up to the frame's step: the curves race along with the weight
// images. `charts` holds for each its title, y range, ticks, rules (horizontal lines with a word) and series; a series has
// x and y, a pair of colours, a width, and is a line, dots, or dashed and `whole` for an earlier run.
//
// A pointer or a tap asks for a step: its values stand beside it, in both charts.

import { fit, font, isDark, line, makeTip, onPoint, theme } from "./canvas.js";
import { percent, thousands } from "./formatting.js";
import { mounted } from "./mount.js";

const MARGIN = { left: 44, right: 24, top: 24, bottom: 22 };
const REST = 70; // ms between two paintings: curves move little from one frame to the next

function makeCurves(node) {
  node.classList.add("curves");
  node.innerHTML = '<p class="legend"></p>';
  const legend = node.querySelector(".legend");
  const parts = []; // of each chart: its canvas, and the box that tells its values
  let message = null;
  let upTo = 0;
  let asked = null; // which chart is asked about, and where across it, 0..1
  let painted = 0;
  let written = ""; // in the legend

  const across = (step) =>
    (message.log ? Math.log1p(step) : step) / ((message.log ? Math.log1p(message.last) : message.last) || 1);
  const inner = (width) => width - MARGIN.left - MARGIN.right;

  // How many points of a series are drawn so far.
  function reached({ x, whole }) {
    if (whole) return x.length;
    let count = 0;
    while (count < x.length && x[count] <= upTo) count++;
    return count;
  }

  function makePart(number) {
    const div = document.createElement("div");
    div.className = "stage";
    div.innerHTML = '<canvas role="img"></canvas>';
    node.append(div);
    const canvas = div.querySelector("canvas");
    onPoint(
      canvas,
      (x, y) => {
        const at = (x - MARGIN.left) / inner(canvas.clientWidth);
        asked = at >= -0.02 && at <= 1.02 ? { number, at, x, y } : null;
        drawAll();
      },
      () => {
        asked = null;
        drawAll();
      },
    );
    return { canvas, tip: makeTip(canvas) };
  }

  // The step nearest to the pointer, of those that the run has been scored at or, before, of its batches.
  function stepAsked() {
    if (!asked || !message) return null;
    const own = message.charts.flatMap(({ series }) => series.filter(({ whole }) => !whole));
    const steps = own.filter(({ leads }) => leads).flatMap((each) => each.x.slice(0, reached(each)));
    if (!steps.length) return null;
    return steps.reduce((best, step) =>
      Math.abs(across(step) - asked.at) < Math.abs(across(best) - asked.at) ? step : best,
    );
  }

  // The value of a series at a step or, where it has none there, at the nearest one that it has.
  function valueAt(series, step) {
    const count = reached(series);
    let best = -1;
    for (let i = 0; i < count; i++)
      if (best < 0 || Math.abs(series.x[i] - step) < Math.abs(series.x[best] - step)) best = i;
    return best < 0 ? null : { step: series.x[best], value: series.y[best] };
  }

  function told(step, dark) {
    const rows = message.charts.map(({ title, percents, series }) => {
      const values = series.map((each) => {
        const found = valueAt(each, step);
        if (!found) return "";
        const other = found.step === step ? "" : ` (step ${thousands(found.step)})`;
        const text = percents ? percent(found.value / 100) : found.value.toFixed(3);
        return `<div><span style="color:${each.colours[dark]}">●</span> ${each.name}${other}: <b>${text}</b></div>`;
      });
      return `<div><b>${title}</b></div>${values.join("")}`;
    });
    return `step ${thousands(step)}${rows.join("")}`;
  }

  function draw(canvas, chart, dark, step) {
    const { pen, width } = fit(canvas, () => message.height);
    const [text, faint] = [theme(node, "text-color"), theme(node, "border-color")];
    const [low, high] = chart.range;
    const floor = message.height - MARGIN.bottom;
    const x = (at) => MARGIN.left + across(at) * inner(width);
    const y = (value) => MARGIN.top + (1 - (value - low) / (high - low)) * (floor - MARGIN.top);
    pen.font = font(node, 12);
    pen.lineWidth = 1;
    pen.textBaseline = "middle";
    pen.textAlign = "right";
    for (const [value, label] of chart.ticks) {
      pen.strokeStyle = faint;
      line(pen, [
        [MARGIN.left, y(value)],
        [width - MARGIN.right, y(value)],
      ]);
      pen.fillStyle = text;
      pen.fillText(label, MARGIN.left - 6, y(value));
    }
    writeSteps(pen, x, width);
    pen.save();
    pen.beginPath();
    pen.rect(MARGIN.left, MARGIN.top - 2, width - MARGIN.left, floor - MARGIN.top + 4);
    pen.clip();
    for (const series of chart.series.toReversed()) drawSeries(pen, series, dark, x, y); // the first one on top
    if (step !== null) {
      pen.setLineDash([]);
      pen.lineWidth = 1;
      pen.strokeStyle = text;
      line(pen, [
        [x(step), MARGIN.top],
        [x(step), floor],
      ]);
    }
    pen.restore();
    writeRules(pen, chart, y, width);
    pen.textAlign = "left";
    pen.textBaseline = "top";
    pen.font = font(node, 13, 600);
    pen.fillStyle = text;
    pen.fillText(chart.title, MARGIN.left, 2);
    canvas.setAttribute("aria-label", chart.alt);
  }

  // Under the axis, as many of the steps as there is room for; the last one always.
  function writeSteps(pen, x, width) {
    pen.textAlign = "center";
    pen.textBaseline = "bottom";
    const places = message.stops.map((step) => {
      const label = thousands(step);
      const half = pen.measureText(label).width / 2;
      return { label, half, at: Math.min(x(step), width - half) };
    });
    const last = places[places.length - 1];
    let free = -Infinity;
    for (const place of places) {
      if (place.at - place.half <= free) continue;
      if (place !== last && place.at + place.half + 6 > last.at - last.half) continue;
      pen.fillText(place.label, place.at, message.height - 2);
      free = place.at + place.half + 6;
    }
  }

  function drawSeries(pen, series, dark, x, y) {
    const points = [];
    for (let i = 0; i < reached(series); i++) points.push([x(series.x[i]), y(series.y[i])]);
    pen.strokeStyle = pen.fillStyle = series.colours[dark];
    pen.lineWidth = series.width;
    pen.setLineDash(series.dash);
    const dots = series.dots ? points : series.leads ? points.slice(-1) : [];
    if (!series.dots) line(pen, points);
    for (const [px, py] of dots) {
      pen.beginPath();
      pen.arc(px, py, series.dots ? 3.5 : 4, 0, 7);
      pen.fill();
    }
  }

  function writeRules(pen, chart, y, width) {
    pen.font = font(node, 12);
    pen.textAlign = "right";
    pen.textBaseline = "bottom";
    pen.fillStyle = pen.strokeStyle = theme(node, "gray-text-color") || theme(node, "text-color");
    pen.setLineDash([2, 4]);
    pen.lineWidth = 1;
    for (const [value, label] of chart.rules) {
      line(pen, [
        [MARGIN.left, y(value)],
        [width - MARGIN.right, y(value)],
      ]);
      pen.fillText(label, width - MARGIN.right, y(value) - 1);
    }
    pen.setLineDash([]);
  }

  function writeLegend(dark) {
    const html = message.legend
      .map(({ name, sign, colours }) => `<span><b style="color:${colours[dark]}">${sign}</b> ${name}</span>`)
      .join(" ");
    if (html === written) return;
    written = html;
    legend.innerHTML = html;
  }

  function drawAll() {
    if (!message) return;
    painted = performance.now();
    const dark = isDark(node) ? 1 : 0;
    while (parts.length < message.charts.length) parts.push(makePart(parts.length));
    const step = stepAsked();
    parts.forEach(({ canvas, tip }, i) => {
      draw(canvas, message.charts[i], dark, step);
      if (step !== null && asked.number === i) tip.show(asked.x, asked.y, told(step, dark));
      else tip.hide();
    });
    writeLegend(dark);
  }

  return {
    show(news, index) {
      message = news;
      upTo = news.frames[index].step;
      node.dataset.step = upTo;
      const last = index === news.frames.length - 1;
      if (last || performance.now() - painted >= REST) drawAll();
    },
  };
}

export default mounted(makeCurves);
