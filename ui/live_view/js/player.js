// Plays a stream: each message brings a few frames, shown one after the other until the next message comes.

const LONGEST_WAIT = 60; // ms between two frames, however few there are
const SHORTEST_WAIT = 12;
const BETWEEN_MESSAGES = 400; // ms; the frames of one message are spread over it

// `show(message, index)` draws one frame of a message.
export function makePlayer(show) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let stream = null;
  let newest = -1; // step of the newest frame that has come
  let shown = null;
  let queue = [];
  let wait = LONGEST_WAIT;
  let due = 0;
  let request = 0;

  function draw(frame) {
    shown = frame;
    show(frame.message, frame.index);
  }

  function play(now) {
    request = 0;
    if (queue.length && now >= due) {
      due = Math.max(due + wait, now);
      draw(queue.shift());
    }
    if (queue.length) request = requestAnimationFrame(play);
  }

  return {
    take(message) {
      if (message.stream !== stream) [stream, newest, shown, queue] = [message.stream, -1, null, []];
      const frames = message.frames.map(({ step }, index) => ({ step, index, message }));
      const again = frames.find(({ step }) => step === newest);
      if (again) {
        // the newest frame anew, in other colours or more exactly: it takes the place of the one that came before
        if (queue.length) queue[queue.length - 1] = again;
        else if (shown) draw(again);
      }
      const fresh = frames.filter(({ step }) => step > newest);
      if (!fresh.length) return;
      newest = fresh[fresh.length - 1].step;
      queue.push(...(calm.matches || document.hidden ? fresh.slice(-1) : fresh));
      wait = Math.min(LONGEST_WAIT, Math.max(SHORTEST_WAIT, BETWEEN_MESSAGES / queue.length));
      if (!request) request = requestAnimationFrame(play);
    },
    again() {
      if (shown) draw(shown);
    },
    end() {
      cancelAnimationFrame(request);
    },
  };
}
