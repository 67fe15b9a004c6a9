// A run from end to end in the browser: one slider moves weights, accuracy, confusion and the reading of the last drawing
// together. All kept steps are here from the start, so that no frame asks the server for anything.
//
// The blob holds the weights, int16, 32767 for the frame's scale, frame by frame and image by image; then the confusion
// counts, uint16, 100 to a frame.

const REST = 40; // ms a frame stays while playing
const INK = { right: "47,111,222", wrong: "230,40,40" };
const views = new WeakMap();

export default function ({ data, parentElement }) {
  let view = views.get(parentElement);
  if (!view) views.set(parentElement, (view = makeScrubber(parentElement)));
  view.take(unpack(data));
  return () => {
    view.end();
    views.delete(parentElement);
  };
}

function makeScrubber(parent) {
  const node = parent.querySelector(".scrubber"), find = (name) => node.querySelector(name);
  const slider = find("input"), play = find(".play"), canvas = find("canvas.weights");
  let run = null, weights = null, counts = null, at = 0, due = 0, request = 0, pixel = null, place = () => null;

  const small = (frame, k) => {
    const values = new Int8Array(run.side ** 2), from = (frame * run.labels.length + k) * values.length;
    for (let i = 0; i < values.length; i++) values[i] = weights[from + i] >> 8;
    return values;
  };

  function show(frame) {
    at = frame;
    slider.value = frame;
    const step = run.steps[frame], scale = run.scales[frame], number = step.toLocaleString("en");
    const words = run.noun === "step" ? `step ${number}` : `${number} ${run.noun}`;
    place = drawGrid(node, canvas, run, (k) => small(frame, k));
    find(".numbers").innerHTML = `${run.noun === "step" ? "After" : "With"} <b>${words}</b>: test accuracy <b>${(100 * run.accuracies[frame]).toFixed(1)} %</b>,
      test loss <b>${run.losses[frame].toFixed(3)}</b>`;
    find(".least").textContent = `−${scale.toPrecision(2)}`;
    find(".most").textContent = `+${scale.toPrecision(2)}`;
    canvas.setAttribute("aria-label", `Weight images after ${words}.`);
    showValue();
    drawConfusion(find("canvas.confusion"), counts.subarray(frame * 100, frame * 100 + 100), words);
    if (run.readings.length) {
      const shares = run.readings[frame], best = shares.indexOf(Math.max(...shares));
      find(".drawn").textContent = `Your last drawing is read as ${best}`;
      showRows(find(".bars"), shares, best);
    } else find(".drawn").textContent = run.noun === "step" ? "Draw a digit on the Draw page, and its reading moves along here." : "";
    for (const button of find(".stops").children) button.setAttribute("aria-pressed", Number(button.dataset.frame) === frame);
    node.dataset.step = step;
  }

  function showValue() {
    const { side, labels, steps, scales } = run, text = find(".value");
    if (!pixel || pixel.k >= labels.length) {
      text.textContent = "Point at a pixel or tap it to read its weight.";
      return;
    }
    const { k, px, py } = pixel, value = (weights[(at * labels.length + k) * side ** 2 + py * side + px] / 32767) * scales[at];
    text.textContent = `${run.what} ${labels[k]}, row ${py}, column ${px}: weight ${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(4)}`;
  }

  function drawConfusion(canvas, cells, words) {
    const { pen, width } = fit(canvas, (w) => Math.min(w, 260)), size = Math.min(width, 260) / 11;
    const worst = Math.max(1, ...cells.filter((_, i) => i % 11));
    pen.font = `${Math.floor(size * 0.42)}px ${theme(node, "font", "sans-serif")}`;
    pen.textAlign = "center";
    pen.textBaseline = "middle";
    const text = theme(node, "text-color", "#333");
    for (let digit = 0; digit < 10; digit++) {
      pen.fillStyle = text;
      pen.fillText(digit, size / 2, (digit + 1.5) * size);
      pen.fillText(digit, (digit + 1.5) * size, size / 2);
    }
    cells.forEach((count, i) => {
      const truth = Math.floor(i / 10), read = i % 10, x = (read + 1) * size, y = (truth + 1) * size;
      const strength = truth === read ? Math.min(count / 1135, 1) * 0.6 : count ? 0.08 + 0.72 * Math.sqrt(count / worst) : 0;
      pen.fillStyle = `rgba(${truth === read ? INK.right : INK.wrong},${strength})`;
      pen.fillRect(x, y, size - 1, size - 1);
      pen.fillStyle = text;
      if (count) pen.fillText(count, x + size / 2, y + size / 2);
    });
    canvas.setAttribute("aria-label", `Confusion matrix after ${words}.`);
  }

  function turn(on) {
    cancelAnimationFrame(request);
    request = 0;
    play.textContent = on ? "❚❚ Pause" : "▶ Play";
    if (on) (due = 0), (request = requestAnimationFrame(tick));
  }
  function tick(now) {
    request = requestAnimationFrame(tick);
    if (now < due) return;
    due = Math.max(due + REST, now);
    if (at + 1 < run.steps.length) show(at + 1);
    if (at + 1 >= run.steps.length) turn(false);
  }

  play.addEventListener("click", () => {
    if (request) return turn(false);
    if (at + 1 >= run.steps.length) show(0);
    turn(true);
  });
  slider.addEventListener("input", () => (turn(false), show(Number(slider.value))));
  find(".stops").addEventListener("click", ({ target }) => {
    if (target.dataset.frame) turn(false), show(Number(target.dataset.frame));
  });
  const point = ({ offsetX, offsetY }) => {
    const found = run && place(offsetX, offsetY);
    if (found) (pixel = found), showValue();
  };
  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("click", point);
  const resized = new ResizeObserver(() => run && show(at));
  resized.observe(node);

  return {
    take(message) {
      const same = run && run.film === message.film, images = message.steps.length * message.labels.length * message.side ** 2;
      run = message;
      weights = new Int16Array(message.blob.slice(0, 2 * images).buffer);
      counts = new Uint16Array(message.blob.slice(2 * images).buffer);
      slider.max = run.steps.length - 1;
      find(".controls").hidden = run.steps.length < 2;
      find(".stops").replaceChildren(...run.stops.map((frame) => {
        const button = document.createElement("button");
        button.type = "button";
        button.dataset.frame = frame;
        button.textContent = run.steps[frame].toLocaleString("en");
        return button;
      }));
      node.querySelectorAll(".legend i").forEach((node, i) => (node.textContent = run.words[i]));
      if (!same) turn(false);
      show(same ? Math.min(at, run.steps.length - 1) : run.steps.length - 1);
    },
    end() {
      cancelAnimationFrame(request);
      resized.disconnect();
    },
  };
}
