"""What all sessions share, made once: the training engine, the test digits, the pretrained model."""

import io

import numpy as np
import streamlit as st
from PIL import Image

from mnist_core import dataset, metrics, model, saved, training
from mnist_core.dataset import SIDE, Digits
from mnist_core.engine import Engine
from mnist_core.plan import Plan

WALL_SIZE = 100  # test digits on the wall
WALL_COLUMNS = 10


@st.cache_resource(max_entries=1, show_spinner=False)
def engine() -> Engine:
    """The one engine of this server."""
    return Engine()


@st.cache_resource(max_entries=1, show_spinner=False)
def untrained_score() -> metrics.Score:
    """What the untrained model scores on the test set: computed, not known by heart."""
    return metrics.score(model.zeros(), dataset.load_test())


@st.cache_resource(max_entries=1, show_spinner=False)
def pretrained() -> tuple[Plan, training.State]:
    """The model that answers drawings before there is a run."""
    return saved.load(saved.PRETRAINED)


@st.cache_resource(max_entries=1, show_spinner=False)
def pretrained_score() -> metrics.Score:
    """What the pretrained model scores on the test set."""
    return metrics.score(pretrained()[1].layers, dataset.load_test())


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
