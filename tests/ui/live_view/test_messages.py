"""What the live view is told, read back as the browser reads it."""

import json

import numpy as np
import pytest

from mnist_core import metrics, model, training
from mnist_core.charts import run_charts
from mnist_core.dataset import load_test
from mnist_core.plan import Plan
from mnist_core.training.chunk import Position, train_chunk
from mnist_core.training.run import begin, extend
from ui.live_view import messages


@pytest.fixture(scope="module")
def frames():
    plan = Plan(train_size=500, steps=9)
    return train_chunk(Position(plan, training.start(plan)), 9, seconds=60, most_states=None).states


def unpacked(message):
    packed = message.pack()
    size = int.from_bytes(packed[:4], "little")
    return json.loads(packed[4 : 4 + size]), packed[4 + size :]


def test_weight_pictures_are_the_weights_to_half_a_colour(frames):
    header, blob = unpacked(messages.weights("a", frames, moving=True))
    assert header["stream"] == "a"
    assert [each["step"] for each in header["frames"]] == list(range(1, 10))
    pictures = np.frombuffer(blob, np.int8).reshape(9, 10, 784)
    for frame, told, picture in zip(frames, header["frames"], pictures, strict=True):
        weights = frame.parameters[0].weights.T
        assert told["scale"] == np.abs(weights).max()
        assert np.abs(picture * (told["scale"] / 127) - weights).max() <= told["scale"] / 253


def test_weights_at_rest_are_told_more_exactly(frames):
    header, blob = unpacked(messages.weights("a", frames[-1:], moving=False))
    weights = frames[-1].parameters[0].weights.T
    told = np.frombuffer(blob, "<i2").reshape(10, 784) * (header["frames"][0]["scale"] / 32_767)
    assert np.abs(told - weights).max() <= np.abs(weights).max() / 65_000


def test_a_still_picture_is_no_stream():
    header, blob = unpacked(messages.pictures(np.full((2, 784), 255, np.float32), ["a", "b"], caption="", alt=""))
    assert not {"stream", "frames", "step"} & header.keys()
    assert header["scale"] == 255 and set(blob) == {127} and len(blob) == 2 * 784


def test_untrained_weights_are_white():
    _, blob = unpacked(messages.weights("a", (training.start(Plan()),), moving=True))
    assert set(blob) == {0}
    assert len(blob) == 7_840


def test_the_wall_tells_what_each_frame_reads(frames):
    digits = load_test()[:100]
    header, blob = unpacked(messages.wall("a", frames, digits, b"png", 10))
    assert blob == b"png"
    assert header["labels"][:5] == [7, 2, 1, 0, 4]
    wrong = sum(a != b for a, b in zip(header["frames"][-1]["read"], header["labels"], strict=True))
    assert 1 - wrong / 100 == pytest.approx(metrics.evaluate(frames[-1].parameters, digits).accuracy)


def test_curves_are_json_without_infinities():
    plan = Plan(train_size=500, steps=9)
    begun = begin(plan, metrics.evaluate(model.zeros(), load_test()))
    done = extend(begun, train_chunk(begun.position, 9, seconds=60, most_states=None))
    header, _ = unpacked(messages.curves("a", done.snapshots, run_charts.charts(done, [], log=True), last=9, log=True))
    assert [chart["title"] for chart in header["charts"]] == ["Loss", "Accuracy"]
    assert header["stops"] == [0, 1, 9]


def test_bars():
    values = np.array([0.1, 0.7, 0.2], np.float32)
    header, _ = unpacked(messages.bars(values))
    assert header["chosen"] == 1
    assert header["values"] == pytest.approx([0.1, 0.7, 0.2])
