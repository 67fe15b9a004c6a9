"""What the scrubber is told: a whole run, to be moved through in the browser."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mnist_core import model
from mnist_core.charts import palette
from mnist_core.dataset import SIDE
from mnist_core.formatting import percent
from mnist_core.training.chunk import Snapshot
from ui.live_view.message import Message
from ui.live_view.messages import MOST_IMAGES, OF_DIGITS, OF_UNITS, RIGHT_AND_WRONG, quantise

LARGEST_IMAGE = 220  # pixels of the screen
INVITATION = "Draw a digit on the Draw page, and its reading moves along here."


def scrubber(
    run: str,
    frames: Sequence[Snapshot],
    *,
    columns: int,
    stops: Sequence[int],
    pixels: NDArray[np.uint8] | None = None,
    noun: str = "step",
) -> Message:
    """Scored frames of one run, with what each reads of a drawing `pixels` `(784,)`, if there is one.

    Up to 64 images of the first layer, to a 32,767th of the frame's largest weight; `run` names the run, so that the
    place in it is kept while it is the same one; `stops` are steps to jump to; `noun` says what a step is, where it is
    none.
    """
    steps = [frame.step for frame in frames]
    scores = [frame.score for frame in frames]
    stacks = [frame.parameters[0].weights.T[:MOST_IMAGES] for frame in frames]
    scales = [float(np.abs(stack).max()) for stack in stacks]
    linear = len(frames[-1].parameters) == 1
    readings = [] if pixels is None else [model.probabilities(frame.parameters, pixels) for frame in frames]
    names = [f"step {step:,}" if noun == "step" else f"{step:,} {noun}" for step in steps]
    begin = "After" if noun == "step" else "With"
    header = {
        "run": run,
        "steps": steps,
        "names": names,
        "figures": [
            f"{begin} <b>{name}</b>: test accuracy <b>{percent(score.accuracy)}</b>, test loss <b>{score.loss:.3f}</b>"
            for name, score in zip(names, scores, strict=True)
        ],
        "scales": scales,
        "readings": [[round(float(share), 5) for share in each] for each in readings],
        "invitation": INVITATION if noun == "step" else "",
        "stops": [steps.index(stop) for stop in stops if stop in steps],
        "labels": [str(number) for number in range(len(stacks[-1]))],
        "what": "digit" if linear else "unit",
        "words": OF_DIGITS if linear else OF_UNITS,
        "columns": columns,
        "side": SIDE,
        "bits": 16,
        "palette": palette.SEISMIC,
        "largest": LARGEST_IMAGE,
        "colours": RIGHT_AND_WRONG,
    }
    images = b"".join(quantise(stack, scale, 16) for stack, scale in zip(stacks, scales, strict=True))
    return Message("scrubber", header, images + b"".join(score.confusion.astype("<u2").tobytes() for score in scores))
