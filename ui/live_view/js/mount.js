// What Streamlit calls with each message: the first time it makes the view, then it hands the messages on to it.
//
// `makeView(node, pick)` gives `show(message, index)`, which draws a still picture (index 0) or a frame of a stream, and
// maybe `end()`. `pick(value)` tells Python of a tap. A stream is played by player.js; a still picture is shown at once.

import { unpack } from "./message.js";
import { makePlayer } from "./player.js";

export function mounted(makeView) {
  const places = new WeakMap();
  return ({ data, parentElement, setTriggerValue }) => {
    let place = places.get(parentElement);
    if (!place) {
      place = makePlace(parentElement.querySelector(".lab-view"), makeView);
      places.set(parentElement, place);
    }
    place.tell = setTriggerValue;
    place.take(unpack(data));
    return () => {
      place.end();
      places.delete(parentElement);
    };
  };
}

function makePlace(node, makeView) {
  const view = makeView(node, (value) => place.tell("picked", value));
  const player = makePlayer(view.show);
  let still = null;
  const resized = new ResizeObserver(() => (still ? view.show(still, 0) : player.again()));
  resized.observe(node);
  const place = {
    take(message) {
      still = message.frames ? null : message;
      if (still) view.show(still, 0);
      else player.take(message);
    },
    end() {
      player.end();
      resized.disconnect();
      view.end?.();
    },
  };
  return place;
}
