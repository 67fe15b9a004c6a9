// A run from end to end in the browser: one slider moves weights, accuracy, confusion and the reading of the last drawing
// together. All kept steps are here from the start, so that no frame asks the server for anything.
//
// The blob holds the weights, int16, 32767 for the frame's scale, frame by frame and image by image; then the confusion
// counts, uint16, 100 to a frame.

import { faded, fit, font, onPoint, theme } from "./canvas.js";
import { signed, thousands } from "./formatting.js";
import { drawGrid, LEGEND, numbersOf, writeLegend } from "./grid.js";
import { mounted } from "./mount.js";
import { showRows } from "./rows.js";

const REST = 40; // ms a frame stays while playing
const CONFUSION = 260; // pixels of the page

const MARKUP = `<div class="controls">
  <button type="button" class="play"></button>
  <input type="range" min="0" step="1" aria-label="Step of the run">
  <span class="stops"></span>
</div>
<p class="figures" aria-live="off"></p>
<div class="panes">
  <div class="large">
    <div><canvas class="weights" role="img"></canvas></div>
    <p class="value"></p>
    ${LEGEND}
  </div>
  <div class="small">
    <h4>Confusion, true digit by row</h4>
    <div><canvas class="confusion" role="img"></canvas></div>
    <h4 class="drawn"></h4>
    <div class="rows"></div>
  </div>
</div>`;

function makeScrubber(node) {
  node.classList.add("scrubber");
  node.innerHTML = MARKUP;
  const find = (name) => node.querySelector(name);
  const slider = find("input");
  const play = find(".play");
  const weights = find("canvas.weights");
  let run = null;
  let numbers = null;
  let counts = null;
  let at = 0; // the frame shown
  let due = 0;
  let request = 0;
  let pixel = null;
  let place = () => null;

  function draw(frame) {
    at = frame;
    slider.value = frame;
    const words = run.names[frame];
    place = drawGrid(node, weights, run, numbers, frame);
    find(".figures").innerHTML = run.figures[frame];
    writeLegend(node, run, run.scales[frame]);
    weights.setAttribute("aria-label", `Weight images after ${words}.`);
    showValue();
    drawConfusion(words);
    showReading();
    for (const button of find(".stops").children)
      button.setAttribute("aria-pressed", Number(button.dataset.frame) === frame);
    node.dataset.step = run.steps[frame];
  }

  function showReading() {
    if (run.readings.length) {
      const shares = run.readings[at];
      const best = shares.indexOf(Math.max(...shares));
      find(".drawn").textContent = `Your last drawing is read as ${best}`;
      showRows(find(".rows"), shares, best, run.colours.right);
    } else find(".drawn").textContent = run.invitation;
  }

  function showValue() {
    if (!pixel || pixel.k >= run.labels.length) {
      find(".value").textContent = "Point at a pixel or tap it to read its weight.";
      return;
    }
    const { k, px, py } = pixel;
    const value = (numbers.of(at, k)[py * run.side + px] / numbers.full) * run.scales[at];
    find(".value").textContent = `${run.what} ${run.labels[k]}, row ${py}, column ${px}: weight ${signed(value, 4)}`;
  }

  function drawConfusion(words) {
    const canvas = find("canvas.confusion");
    const cells = counts.subarray(at * 100, at * 100 + 100);
    const { pen, width } = fit(canvas, (w) => Math.min(w, CONFUSION));
    const size = Math.min(width, CONFUSION) / 11;
    const worst = Math.max(1, ...cells.filter((_, i) => i % 11));
    const text = theme(node, "text-color");
    pen.font = font(node, Math.floor(size * 0.42));
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    pen.fillStyle = text;
    for (let digit = 0; digit < 10; digit++) {
      pen.fillText(digit, size / 2, (digit + 1.5) * size);
      pen.fillText(digit, (digit + 1.5) * size, size / 2);
    }
    for (let truth = 0; truth < 10; truth++) {
      const row = cells.subarray(truth * 10, truth * 10 + 10);
      const total = Math.max(
        1,
        row.reduce((sum, count) => sum + count, 0),
      );
      row.forEach((count, read) => {
        const [x, y] = [(read + 1) * size, (truth + 1) * size];
        const right = truth === read;
        const strength = right ? 0.6 * (count / total) : count ? 0.08 + 0.72 * Math.sqrt(count / worst) : 0;
        pen.fillStyle = faded(right ? run.colours.right : run.colours.wrong, strength);
        pen.fillRect(x, y, size - 1, size - 1);
        pen.fillStyle = text;
        if (count) pen.fillText(count, x + size / 2, y + size / 2);
      });
    }
    canvas.setAttribute("aria-label", `Confusion matrix after ${words}.`);
  }

  function turn(on) {
    cancelAnimationFrame(request);
    request = on ? requestAnimationFrame(tick) : 0;
    due = 0;
    play.textContent = on ? "❚❚ Pause" : "▶ Play";
  }

  function tick(now) {
    request = requestAnimationFrame(tick);
    if (now < due) return;
    due = Math.max(due + REST, now);
    if (at + 1 < run.steps.length) draw(at + 1);
    if (at + 1 >= run.steps.length) turn(false);
  }

  function goTo(frame) {
    turn(false);
    draw(frame);
  }

  function makeStop(frame) {
    const button = document.createElement("button");
    button.type = "button";
    button.dataset.frame = frame;
    button.textContent = thousands(run.steps[frame]);
    return button;
  }

  play.addEventListener("click", () => {
    if (request) return turn(false);
    if (at + 1 >= run.steps.length) draw(0);
    turn(true);
  });
  slider.addEventListener("input", () => goTo(Number(slider.value)));
  find(".stops").addEventListener("click", ({ target }) => {
    if (target.dataset.frame) goTo(Number(target.dataset.frame));
  });
  onPoint(
    weights,
    (x, y) => {
      pixel = (run && place(x, y)) || pixel;
      if (run) showValue();
    },
    () => {},
  );

  return {
    show(message) {
      if (message === run) return draw(at); // in another width
      const same = run && run.run === message.run;
      run = message;
      numbers = numbersOf(message);
      counts = new Uint16Array(
        message.blob.slice(2 * message.steps.length * message.labels.length * message.side ** 2).buffer,
      );
      slider.max = run.steps.length - 1;
      find(".controls").hidden = run.steps.length < 2;
      find(".stops").replaceChildren(...run.stops.map(makeStop));
      if (!same) turn(false);
      draw(same ? Math.min(at, run.steps.length - 1) : run.steps.length - 1);
    },
    end() {
      cancelAnimationFrame(request);
    },
  };
}

export default mounted(makeScrubber);
