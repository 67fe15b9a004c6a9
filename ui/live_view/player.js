// Plays what the server sends: each message brings a few states, and the player shows them one after the other until
// the next message comes. One node per view, never replaced; the part that follows this text defines makeView().
//
// A message is four bytes (little-endian length of the header), the header (JSON) and a blob of bytes. The header has
// `film`, a number that changes when a new film begins, and `frames`, each with the `step` it shows.

const players = new WeakMap();
const LONGEST_WAIT = 60; // ms between two frames, however few there are
const SHORTEST_WAIT = 12;
const BETWEEN_MESSAGES = 400; // ms; the frames of one message are spread over it

export default function ({ data, parentElement }) {
  let player = players.get(parentElement);
  if (!player) players.set(parentElement, (player = makePlayer(parentElement)));
  player.take(unpack(data));
  return () => {
    player.end();
    players.delete(parentElement);
  };
}

function unpack(bytes) {
  const size = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  return { ...header, blob: bytes.subarray(4 + size) };
}

function makePlayer(parent) {
  const view = makeView(parent);
  const still = matchMedia("(prefers-reduced-motion: reduce)");
  let film = null, newest = -1, shown = null, queue = [], wait = 40, due = 0, request = 0;

  function show(frame) {
    shown = frame;
    view.show(frame);
  }
  function play(now) {
    request = 0;
    if (queue.length && now >= due) {
      due = Math.max(due + wait, now);
      show(queue.shift());
    }
    if (queue.length) request = requestAnimationFrame(play);
  }
  const resized = new ResizeObserver(() => shown && view.show(shown));
  resized.observe(view.node);

  return {
    take(message) {
      if (message.film !== film) (film = message.film), (newest = -1), (queue = []), (shown = null);
      view.prepare(message);
      const fresh = message.frames
        .map((frame, index) => ({ ...frame, index, message }))
        .filter((frame) => frame.step > newest);
      if (fresh.length) {
        newest = fresh[fresh.length - 1].step;
        queue.push(...(still.matches || document.hidden ? fresh.slice(-1) : fresh));
        wait = Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, BETWEEN_MESSAGES / queue.length));
      }
      if (shown && queue.length === 0) show({ ...shown, message: { ...message, blob: shown.message.blob } });
      if (queue.length && !request) request = requestAnimationFrame(play);
    },
    end() {
      cancelAnimationFrame(request);
      resized.disconnect();
    },
  };
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
