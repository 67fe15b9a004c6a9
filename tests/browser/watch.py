"""Scripts that watch a page at every animation frame: which pictures it shows, on which nodes, and how it stalls."""

# Counts, at every animation frame, the different pictures in the weights' canvas, the steps of the curves, the nodes
# they are drawn on, and the longest time between two frames.
WATCH = """() => {
  const seen = window.seen = { pictures: new Set(), curves: new Set(), nodes: new Set(), stall: 0, began: performance.now() };
  const within = (key, name) => {
    const roots = [document.querySelector('.st-key-' + key)];
    while (roots.length) {
      const root = roots.pop(), found = root && root.querySelector(name);
      if (found) return found;
      if (root) for (const node of root.querySelectorAll('*')) if (node.shadowRoot) roots.push(node.shadowRoot);
    }
  };
  const sum = (canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + 7 * data[i + 2]) | 0;
    return sum;
  };
  let last = performance.now();
  (function tick() {
    const now = performance.now(), tiles = within('weights', '.tiles'), curves = within('curves', '.curves');
    seen.stall = Math.max(seen.stall, now - last);
    if (tiles && tiles.dataset.step > 0) {
      if (!seen.first) seen.first = now;
      seen.last = now;
      seen.pictures.add(sum(tiles.querySelector('canvas')));
      seen.nodes.add(tiles);
    }
    if (curves && curves.dataset.step > 0) {
      seen.curves.add(curves.dataset.step);
      seen.nodes.add(curves);
      for (const canvas of curves.querySelectorAll('canvas')) seen.nodes.add(canvas);
    }
    last = performance.now();
    requestAnimationFrame(tick);
  })();
}"""
SEEN = """() => ({ pictures: seen.pictures.size, curves: seen.curves.size, nodes: seen.nodes.size, stall: seen.stall,
  seconds: (seen.last - seen.first) / 1000 })"""

# The longest time between two animation frames since the page was opened: for `add_init_script`.
STALLS = """
window.longestStall = 0;
let lastFrame = performance.now();
requestAnimationFrame(function look() {
  const now = performance.now();
  window.longestStall = Math.max(window.longestStall, now - lastFrame);
  lastFrame = now;
  requestAnimationFrame(look);
});
"""

# The different pictures of the scrubber, from one animation frame to the next.
SCRUBBED = """() => {
  const seen = window.seen = { pictures: new Set(), began: 0, last: 0 };
  (function tick() {
    const canvas = document.querySelector('.scrubber canvas.weights');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + 7 * data[i + 2]) | 0;
    if (!seen.pictures.has(sum)) (seen.last = performance.now()), (seen.began ||= seen.last), seen.pictures.add(sum);
    requestAnimationFrame(tick);
  })();
}"""
