"""Sentences of the Mistakes, Data and Experiments pages hold for whatever numbers they are given."""

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import hypergeom

from mnist_core import dataset, metrics, model, training
from mnist_core.explain import shifts
from mnist_core.plan import Plan
from mnist_core.studies import small_test_sets
from mnist_core.studies.early_stopping import Watched
from mnist_core.studies.tasks import results_of
from mnist_core.training import State, checkpoint, run, sweep
from mnist_core.training.overshoot import overshoot
from mnist_core.training.sweep import Sweep, Track
from ui import data
from ui.experiments import honest, how_fast
from ui.mistakes import confusion
from ui.train import dashboard


@pytest.fixture(scope="module")
def right():
    test = dataset.load_test()
    return model.predict(checkpoint.load(checkpoint.PRETRAINED)[1].parameters, test.images) == test.labels


def test_accuracy_is_told_with_what_its_interval_is_for_and_with_both_halves(right):
    words = confusion.accuracy_says(right)
    low, high = metrics.wilson(int(right.sum()), 10_000)
    assert f"goes from {100 * low:.1f} % to {100 * high:.1f} %" in words
    assert "Where another 10,000 digits would come out, it does not say" in words
    first, last = 100 * right[:5_000].mean(), 100 * right[5_000:].mean()
    assert f"Of the first 5,000 the model reads {first:.1f} % right, of the last 5,000 {last:.1f} %" in words
    assert "further apart than 19 of 20 random halves" in words
    shuffled = np.random.default_rng(0).permutation(right)
    assert "further apart" not in confusion.accuracy_says(shuffled)


def test_the_bars_hold_the_dots_that_are_said_to_lie_on_them(right):
    parts = results_of(small_test_sets.tasks(right, 0))
    found = {size: np.concatenate([part[size] for part in parts]) for size in small_test_sets.SIZES}
    bars = {size: metrics.central_interval(int(right.sum()), 10_000, size) for size in found}
    words = honest.bars_say(found, bars)
    for size, values in found.items():
        subsets = hypergeom(10_000, int(right.sum()), size)
        low, high = subsets.ppf([0.025, 0.975]) / size
        inside = int(((values >= low - 1e-9) & (values <= high + 1e-9)).sum())
        assert f"{inside} of the 100 subsets of {size:,}" in words
        assert inside >= 88
    assert bars[10][1] == 10, "ten of ten is no exception"


def test_the_intervals_of_random_hundreds_are_counted(right):
    hundred = small_test_sets.subset_accuracies(right, 100, 100, seed=5)
    words = honest.hundreds_say(right, hundred)
    counts = np.round(100 * hundred).astype(int)
    inside = sum(low <= right.mean() <= high for low, high in (metrics.wilson(int(k), 100) for k in counts))
    below = int((counts < right[:100].sum()).sum())
    assert f"{inside} have one that holds the accuracy on all 10,000" in words
    assert f"more than {below} of the 100 random hundreds" in words


def watched(train: list[float], accuracies: list[float], validation: list[float]) -> Watched:
    best, last = int(np.argmin(validation)), len(train) - 1
    return Watched(
        State(last, model.zeros()), np.array(train), np.array(accuracies), np.array(validation),
        State(best, model.zeros()), {0: 2.3, best: 0.571, last: 0.672},
    )  # fmt: skip


def test_overfitting_is_said_where_it_happens_and_only_there():
    parted = honest.parting_says(watched([2.3, 0.5, 0.2, 0.1], [0.1, 0.9, 1.0, 1.0], [2.3, 0.6, 0.55, 0.7]))
    assert "lowest at step 2**" in parted and "overfitting" in parted and "early stopping" in parted
    assert "0.571" in parted and "0.672" in parted, "test losses are reported"
    assert "From step 2 on, not one of the 300 training images is misread" in parted and "by heart" in parted
    falling = honest.parting_says(watched([2.3, 0.5, 0.2], [0.1, 0.9, 0.95], [2.3, 0.6, 0.55]))
    assert falling.startswith("Validation loss was never lower than at step 2, the latest")
    assert "overfitting" not in falling and "by heart" not in falling
    worse = honest.parting_says(watched([2.3, 0.5, 0.9], [0.1, 0.9, 0.8], [2.3, 0.6, 0.8]))
    assert "overfitting" not in worse and "by heart" not in worse
    late = honest.parting_says(watched([2.3, 0.5, 0.4, 0.2], [0.1, 1.0, 0.9, 1.0], [2.3, 0.5, 0.6, 0.7]))
    assert "From step 3 on" in late, "where it stays, not where it first was"


def track(losses: list[float], rate: float = 10.0, **choices) -> Track:
    plan = Plan(learning_rate=rate, steps=len(losses), **choices)
    log = training.Log(np.array(losses, np.float32))
    return Track(plan, State(len(losses), model.zeros()), log, ((0, score(2.3, 0.1)),))


def score(loss: float, accuracy: float) -> metrics.Score:
    counts = np.zeros((10, 10), int)
    counts[0, :2] = round(1_000 * accuracy), round(1_000 * (1 - accuracy))
    return metrics.Score(loss, counts)


@pytest.mark.parametrize(
    ("losses", "choices"),
    [([9.0] * 24, {}), ([9.0] * 25, {}), ([0.1] * 40, {}), ([9.0] * 20 + [0.1] * 90, {}),
     ([*[0.1] * 9, 9.0] * 24, {"batch_size": 1}), ([9.0] * 130, {"batch_size": 1}), ([9.0] * 60, {"batch_size": 50})],
)  # fmt: skip
def test_a_rate_overshoots_where_the_train_page_says_so(losses, choices):
    one = track(losses, **choices)
    whole = run.begin(one.plan, score(2.3, 0.1))
    told = overshoot(replace(whole, log=one.log))
    assert how_fast.overshoots(one) == (told is not None)


def test_a_run_that_ended_in_its_first_steps_is_told_by_the_step_it_could_not_take():
    begun = run.begin(Plan(), score(2.3, 0.1))
    stopped = replace(begun, log=training.Log(training.NO_LOSSES, diverged_at=1))
    words = dashboard.overshoot_says(overshoot(stopped), stopped)
    assert "Step 1 would have left" in words and "Best: 10.0 %, step 0." in words
    assert "0 of 0" not in words and "inf" not in words.split("no finite")[0]


def test_nothing_is_best_before_a_step():
    words = how_fast.rates_say(sweep.begin([Plan(learning_rate=rate, steps=50) for rate in (0.01, 0.5)], ()))
    assert "Best" not in words and "No step has been taken yet" in words


def test_rates_are_told_from_the_ends_inwards():
    def ended(rate: float, accuracy: float, loss: float) -> Track:
        each = track([loss] * 50, rate)
        return Track(each.plan, each.state, each.log, ((0, score(2.3, 0.1)), (50, score(1, accuracy))))

    tracks = (ended(0.1, 0.5, 1), ended(0.2, 0.89, 1), ended(0.3, 0.6, 9), ended(0.5, 0.9, 1), ended(5, 0.8, 9))
    words = how_fast.rates_say(Sweep(tracks, (50,)))
    assert "Up to 0.1 it **crawls**" in words, "0.3 is slower, but 0.2 is not"
    assert "From 5 on it **overshoots**" in words, "so does 0.3, but 0.5 does not"


def test_how_many_probabilities_round_to_one_is_counted():
    plan = Plan(learning_rate=10.0, steps=200)
    found = sweep.sweep([plan], ())
    test, layer = dataset.load_test(), found.tracks[0].state.parameters[0]
    shares = model.softmax((test.images / 255) @ layer.weights.astype(np.float64) + layer.bias)
    certain = np.mean([f"{100 * share:.1f}" == "100.0" for share in shares.max(axis=1)])
    words = how_fast.rates_say(found)
    assert 0.5 < certain < 0.99, "neither none nor all"
    assert f"gives {100 * certain:.1f} % of the test digits a probability that rounds to 100.0 %" in words


@pytest.mark.parametrize(
    ("still", "moved", "words"),
    [(0.92, 0.66, "Two pixels cost 26 points: it knows places, not shapes."), (0.12, 0.11, "Two pixels cost 1 point."),
     (0.11, 0.12, "Two pixels bring 1 point."), (0.10, 0.13, "Two pixels bring 3 points."),
     (0.90, 0.87, "Two pixels cost 3 points."), (0.1, 0.103, "Two pixels change that by less than a point.")],
)  # fmt: skip
def test_points_are_told_as_people_write_them(still, moved, words):
    assert shifts.two_pixels_say(still, moved) == words


@pytest.mark.parametrize("name", ["training", "validation", "test"])
def test_the_best_constant_answer_is_the_most_frequent_digit(name):
    labels = getattr(dataset.load(), name).labels.tolist()
    (most, times), *_ = Counter(labels).most_common()
    words = data.constant_says(np.bincount(labels, minlength=10))
    assert (
        f"always says {most} reads {times:,} of these {len(labels):,} right, **{100 * times / len(labels):.2f} %**"
        in words
    )
    assert "always says 2 (or always 5) reads 4 of" in data.constant_says(np.array([1, 0, 4, 3, 0, 4, 1, 1, 1, 1]))


def test_dark_stripes_are_counted_for_the_rows_shown_and_for_all():
    images = dataset.load().training.images
    here, ever = (sum(1 for pixel in rows.T if not pixel.any()) for rows in (images[800:1_200], images))
    words = data.stripes_say(here, ever, len(images))
    assert f"{here} of the 784 are dark" in words and f"Were all 55,000 training images shown, {ever} would" in words
    assert ever < here
