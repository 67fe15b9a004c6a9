// Pictures in a grid: weight images, evidence, the stages of a drawing, galleries of digits.
// The blob holds, frame by frame and picture by picture, side * side int8 numbers: 127 stands for the frame's `scale`.
// A tap tells Python the picture's number where `picks` is set.

function makeView(parent, pick) {
  const node = parent.querySelector(".tiles"), canvas = node.querySelector("canvas");
  const legend = node.querySelector(".legend"), caption = node.querySelector(".caption");
  let place = () => null, picks = false;
  canvas.addEventListener("click", ({ offsetX, offsetY }) => {
    const found = picks && place(offsetX, offsetY);
    if (found) pick(found.k);
  });

  return {
    node,
    prepare() {},
    show(frame) {
      const { message, index, step } = frame, count = message.labels.length, pixels = message.side ** 2;
      place = drawGrid(node, canvas, message, (k) => {
        const from = (index * count + k) * pixels;
        return message.blob.subarray(from, from + pixels);
      });
      picks = message.picks;
      canvas.style.cursor = picks ? "pointer" : "";
      node.dataset.step = step;
      node.dataset.labels = message.labels.join("|");
      caption.textContent = message.caption.replace("{step}", step.toLocaleString("en"));
      legend.hidden = message.palette !== "seismic";
      legend.querySelectorAll("i").forEach((node, i) => (node.textContent = message.words ? message.words[i] : ""));
      const scale = frame.scale === undefined ? "" : frame.scale.toPrecision(2);
      node.querySelector(".least").textContent = scale && `−${scale}`;
      node.querySelector(".most").textContent = scale && `+${scale}`;
      canvas.setAttribute("aria-label", `${message.alt} ${caption.textContent}`);
    },
  };
}
