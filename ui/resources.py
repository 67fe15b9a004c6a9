"""What all sessions share, made once: the engine, the test digits, the pretrained models, what models read."""

import hashlib
import io
import threading
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from PIL import Image

from mnist_core import dataset, metrics, model, training
from mnist_core.dataset import SIDE, Digits
from mnist_core.explain import landscape
from mnist_core.metrics import BLOCK
from mnist_core.model import Floats, Parameters
from mnist_core.plan import Plan
from mnist_core.training import checkpoint
from mnist_core.training.worker import Engine

WALL_SIZE = 100  # test digits on the wall
WALL_COLUMNS = 10
_ONE_AT_A_TIME = threading.Lock()  # sessions are threads, and the first two may come together


def engine() -> Engine:
    """The one engine of this server: in no cache of Streamlit's, which any client may ask to be cleared."""
    with _ONE_AT_A_TIME:
        return _engine()


@lru_cache(maxsize=1)
def _engine() -> Engine:
    return Engine()


def untrained(plan: Plan) -> metrics.Score:
    """The score of a plan's untrained model on the test set: computed, not known by heart."""
    if plan.model == "linear":
        return _untrained("linear", 1, 0, plan.double_softmax)  # the same whatever the seed
    return _untrained(plan.model, plan.hidden_units, plan.seed, plan.double_softmax)


@st.cache_resource(max_entries=32, show_spinner=False)
def _untrained(kind: str, hidden_units: int, seed: int, double_softmax: bool) -> metrics.Score:
    state = training.start(Plan(model=kind, hidden_units=hidden_units, seed=seed))
    return metrics.evaluate(state.parameters, dataset.load_test(), double_softmax)


@st.cache_resource(max_entries=2, show_spinner=False)
def pretrained(kind: str = "linear") -> tuple[Plan, training.State]:
    """The model of a kind that answers before there is a run."""
    return checkpoint.load(checkpoint.PRETRAINED_MLP if kind == "mlp" else checkpoint.PRETRAINED)


def digest(layers: Parameters) -> str:
    """A name for a model that no other has."""
    return digest_of(*(value for layer in layers for value in layer))


def digest_of(*values: Floats) -> str:
    """A name for numbers that no others have."""
    return hashlib.sha1(b"".join(value.tobytes() for value in values), usedforsecurity=False).hexdigest()


def readings(layers: Parameters) -> Floats:
    """The probabilities that a model gives to each test digit, `(10000, 10)`."""
    return _readings(digest(layers), layers)


@st.cache_resource(max_entries=32, show_spinner=False)
def _readings(name: str, _layers: Parameters) -> Floats:
    test = dataset.load_test()
    blocks = [model.probabilities(_layers, test.images[at : at + BLOCK]) for at in range(0, len(test), BLOCK)]
    return np.concatenate(blocks)


@st.cache_resource(max_entries=1, show_spinner=False)
def mean_images() -> Floats:
    """The mean training image of each digit, `(10, 784)`, 0..255."""
    digits = dataset.load().training
    means = [digits.images[digits.labels == digit].mean(axis=0, dtype=np.float32) for digit in range(model.CLASSES)]
    return np.stack(means)


@st.cache_resource(max_entries=1, show_spinner=False)
def inked_pixels() -> NDArray[np.bool_]:
    """Which pixels have ink in any training image, `(784,)`."""
    return np.asarray(dataset.load().training.images.max(axis=0) > 0)


@st.cache_resource(max_entries=8, show_spinner=False)
def loss_slice(
    plan: str, steps: tuple[int, ...], last: str, _states: Sequence[training.State], images: int, side: int
) -> tuple[landscape.Slice, landscape.Numbers, landscape.Numbers, landscape.Numbers, landscape.Numbers]:
    """The plane through a run's states, the two axes and the losses of a map of it, and the states' own losses.

    All losses are on the first training images; the map has `side` x `side` points.
    """
    plane = landscape.through(_states)
    tall = plane.path[:, 1]
    a = np.linspace(-0.25, 1.25, side)
    b = np.linspace(min(-0.5, float(tall.min()) - 0.3), max(1.5, float(tall.max()) + 0.3), side)
    digits = dataset.load(Plan.from_text(plan).split).training[:images]
    own = np.array([metrics.evaluate(state.parameters, digits).loss for state in _states])
    return plane, a, b, landscape.losses(plane, digits, a, b), own


def wall() -> Digits:
    """The first hundred test digits."""
    return dataset.load_test()[:WALL_SIZE]


@st.cache_resource(max_entries=1, show_spinner=False)
def wall_picture() -> bytes:
    """The wall's digits as one PNG, 10 x 10 of them, in reading order."""
    tiles = wall().images.reshape(-1, WALL_COLUMNS, SIDE, SIDE).swapaxes(1, 2)
    picture = Image.fromarray(np.asarray(tiles, np.uint8).reshape(-1, WALL_COLUMNS * SIDE))
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
