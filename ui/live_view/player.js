// Plays what the server sends: each message brings a few states, and the player shows them one after the other until
// the next message comes. One node per view, never replaced; the part that follows this text defines makeView().
//
// A message's header has `film`, a number that changes when a new film begins, and `frames`, each with its `step`.
// A view may tell Python of a tap by calling `pick(value)`.

const players = new WeakMap();
const LONGEST_WAIT = 60; // ms between two frames, however few there are
const SHORTEST_WAIT = 12;
const BETWEEN_MESSAGES = 400; // ms; the frames of one message are spread over it

export default function ({ data, parentElement, setTriggerValue }) {
  let player = players.get(parentElement);
  if (!player) players.set(parentElement, (player = makePlayer(parentElement, (value) => player.send("picked", value))));
  player.send = setTriggerValue;
  player.take(unpack(data));
  return () => {
    player.end();
    players.delete(parentElement);
  };
}

function makePlayer(parent, pick) {
  const view = makeView(parent, pick);
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
