"""How a model reads one drawing: what it sees, what it says, and which pixels made it say so."""

import math

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from mnist_core import model, preprocess
from mnist_core.formatting import as_probable, probability, signed
from mnist_core.model import Floats, Parameters
from ui import live_view
from ui.live_view import messages
from ui.model_choice import SHORT

STAGE = 84  # pixels: three for each of the model's, four for each of the 20 x 20 box


def stages(found: preprocess.Stages) -> None:
    """The drawing, the ink fitted into 20 x 20, and the 28 x 28 pixels that the model reads."""
    pictures = np.stack([_sheet(found), _enlarged(found.fitted, 4), _enlarged(found.centred, 3)])
    live_view.show(
        messages.pictures(
            pictures.reshape(3, -1).astype(np.float32),
            ["your ink", "fitted, 20 x 20", "centred, 28 x 28"],
            caption="The ink is cut out, made 20 pixels long, and placed so that its centre of mass is in the middle: "
            "that is how the digits it learned from were made.",
            alt="Three stages from the drawing to the model's input.",
        ),
        key="stages",
    )


def show(kind: str, probabilities: Floats | None) -> None:
    """The digit that a kind of model reads, large, how sure it is, and its ten probabilities; None for no digit yet."""
    best, words = "-", "nothing to read yet"
    if probabilities is not None:
        best, share = str(int(probabilities.argmax())), float(probabilities.max())
        words = f"{'Not sure' if share < 0.5 else 'Sure'}: {probability(share)}"
    with st.container(key=f"prediction_{kind}", gap="small"):
        st.metric(f"{SHORT[kind]} reads", best, width="stretch")
        st.caption(words)
        with st.container(key=f"probabilities_{kind}"):
            shares = np.zeros(10, np.float32) if probabilities is None else probabilities
            live_view.show(messages.bars(shares), key=f"bars_{kind}")


def evidence(layers: Parameters, pixels: NDArray[np.uint8]) -> None:
    """The votes of each pixel, or hidden unit, for winner and runner-up, and the sums that make their scores."""
    scores = model.logits(layers, pixels)
    first, second = (int(each) for each in np.argsort(-scores, kind="stable")[:2])  # on a tie as `predict` reads it
    votes = model.evidence(layers, pixels)[:, [first, second]].T
    lead = round(float(scores[first]), 2) - round(float(scores[second]), 2)  # of the scores as they are shown
    linear = len(layers) == 1
    live_view.show(
        messages.pictures(
            _square(votes),
            [f"votes for {first}", f"votes for {second}"],
            caption="A vote is the pixel's ink times its weight. One scale for both."
            if linear
            else f"Here {votes.shape[1]} hidden units vote, a square each: what the unit makes of the pixels times its "
            "weight. One scale for both.",
            words=messages.VOTES,
            alt=f"Evidence for {first} and for {second}.",
        ),
        key=f"evidence_tiles_{len(layers)}",
    )
    st.markdown(
        f"{_sum(layers, first, votes[0], scores)}\n{_sum(layers, second, votes[1], scores)}\n\n"
        f"A lead of {lead:.2f} makes {first} **{as_probable(lead)}** as {second}: e to the power {lead:.2f}."
    )


def _sum(layers: Parameters, each: int, votes: Floats, scores: Floats) -> str:
    total, bias = float(votes.sum(dtype=np.float64)), float(layers[-1].bias[each])
    return (
        f"- All votes for **{each}**: {signed(total, 2)}, with its bias {signed(bias, 2)} a score of "
        f"**{signed(float(scores[each]), 2)}**"
    )


def _square(votes: Floats) -> Floats:
    """Rows padded with zeros to the next square."""
    side = math.ceil(math.sqrt(votes.shape[1]))
    return np.pad(votes, ((0, 0), (0, side * side - votes.shape[1])))


def _sheet(found: preprocess.Stages) -> preprocess.Bytes:
    """The whole drawing, small, with the ink box framed."""
    height, width = found.ink.shape
    scale = STAGE / max(height, width)
    picture = Image.new("L", (STAGE, STAGE))
    picture.paste(Image.fromarray(found.ink).resize((max(1, round(width * scale)), max(1, round(height * scale)))))
    top, left, bottom, right = (round(edge * scale) for edge in found.box)
    ImageDraw.Draw(picture).rectangle((max(left - 2, 0), max(top - 2, 0), right + 1, bottom + 1), outline=110)
    return np.asarray(picture)


def _enlarged(image: preprocess.Bytes, times: int) -> preprocess.Bytes:
    large = np.kron(image, np.ones((times, times), np.uint8))
    return np.pad(large, (STAGE - len(large)) // 2, constant_values=60)
