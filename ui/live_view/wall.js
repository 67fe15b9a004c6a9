// A wall of test digits. Those that the model misreads at the frame's step are framed and carry what it reads instead.
// The blob is one PNG with all of them, ten to a row.

const IN_A_ROW = 10, PIXELS = 28;

function makeView(parent) {
  const node = parent.querySelector(".wall"), canvas = node.querySelector("canvas"), caption = node.querySelector(".caption");
  const sheet = new Image();
  let last = null, drawn = "";
  sheet.onload = () => last && view.show(last);

  const view = {
    node,
    prepare({ blob }) {
      if (!sheet.src) sheet.src = URL.createObjectURL(new Blob([blob], { type: "image/png" }));
    },
    show(frame) {
      last = frame;
      node.dataset.step = frame.step;
      const { labels } = frame.message, count = labels.length;
      const now = [frame.read, node.clientWidth, sheet.complete && sheet.naturalWidth].join();
      if (now === drawn) return; // most steps change nothing on the wall
      drawn = now;
      const across = node.clientWidth < 640 ? 10 : 25;
      const cell = (width) => width / across;
      const { pen, width } = fit(canvas, (w) => Math.ceil(count / across) * cell(w));
      const size = cell(width);
      const red = theme(node, "primary-color", "#c62828");
      let wrong = 0;
      for (let k = 0; k < count; k++) {
        const x = (k % across) * size, y = Math.floor(k / across) * size, read = frame.read[k];
        if (sheet.complete && sheet.naturalWidth)
          pen.drawImage(sheet, (k % IN_A_ROW) * PIXELS, Math.floor(k / IN_A_ROW) * PIXELS, PIXELS, PIXELS,
            x + 1, y + 1, size - 2, size - 2);
        if (read === labels[k]) continue;
        wrong++;
        pen.strokeStyle = red;
        pen.lineWidth = 2.5;
        pen.strokeRect(x + 1.5, y + 1.5, size - 3, size - 3);
        pen.fillStyle = red;
        const mark = Math.max(13, size * 0.42);
        pen.fillRect(x + size - mark, y + size - mark, mark, mark);
        pen.fillStyle = "#fff";
        pen.font = `700 ${mark - 2}px ${theme(node, "font", "sans-serif")}`;
        pen.textAlign = "center";
        pen.textBaseline = "middle";
        pen.fillText(read, x + size - mark / 2, y + size - mark / 2 + 1);
      }
      node.dataset.wrong = wrong;
      caption.textContent = `${wrong} of these ${count} ${wrong === 1 ? "is" : "are"} misread: framed, with what the model reads in the corner.`;
      canvas.setAttribute("aria-label", caption.textContent);
    },
  };
  return view;
}
