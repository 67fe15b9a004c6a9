"""The run that is watched at every step, against the same run step by step and scikit-learn's figures."""

from itertools import accumulate

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, log_loss

from mnist_core import dataset, model, training
from mnist_core.studies import early_stopping
from mnist_core.studies.early_stopping import PLAN, STOPS
from mnist_core.studies.tasks import results_of
from mnist_core.training import State, tensors


@pytest.fixture(scope="module")
def pieces():
    return list(accumulate(STOPS, early_stopping.watch, initial=early_stopping.untrained()))


def test_its_tasks_are_this_run_and_keep_its_last_piece(pieces):
    tasks = early_stopping.tasks()
    results = results_of(tasks[:4])
    assert len(tasks) == len(pieces) == 1 + len(STOPS)
    assert results[:3] == (None, None, None)
    assert results[3].state.step == STOPS[2]
    assert np.array_equal(results[3].validation_losses, pieces[3].validation_losses)


def at(step: int) -> State:
    return training.reach(PLAN, training.start(PLAN), step)


def loss_and_accuracy(state: State, digits: dataset.Digits) -> tuple[float, float]:
    scores = digits.images / 255 @ state.parameters[0].weights.astype(np.float64) + state.parameters[0].bias
    shares = model.softmax(scores)
    return log_loss(digits.labels, shares), accuracy_score(digits.labels, shares.argmax(axis=1))


def test_every_step_is_scored_on_training_and_validation_images(pieces):
    run, data = pieces[-1], dataset.load(PLAN.split)
    for losses in (run.train_losses, run.train_accuracies, run.validation_losses):
        assert losses.shape == (PLAN.steps + 1,)
    for step in (0, 1, 49, 50, 51, 333, PLAN.steps):
        state = at(step)
        trained = loss_and_accuracy(state, data.training[: PLAN.train_size])
        assert (run.train_losses[step], run.train_accuracies[step]) == pytest.approx(trained, abs=1e-5)
        assert run.validation_losses[step] == pytest.approx(loss_and_accuracy(state, data.validation)[0], abs=1e-5)


def test_the_best_step_is_the_one_with_the_lowest_validation_loss_to_the_step(pieces):
    run, validation = pieces[-1], dataset.load(PLAN.split).validation
    best = run.best.step
    assert best not in STOPS, "no stop happens to be the best"
    losses = {
        step: loss_and_accuracy(at(step), validation)[0] for step in (*range(best - 3, best + 4), 0, *STOPS[3::4])
    }
    assert min(losses, key=losses.__getitem__) == best
    assert run.best.parameters[0].weights.tobytes() == at(best).parameters[0].weights.tobytes()
    for piece in pieces:
        assert piece.best.step == piece.validation_losses.argmin()


def test_the_test_set_chooses_nothing(pieces, monkeypatch):
    run, test = pieces[-1], dataset.load_test()
    assert set(run.test_losses) == {0, *STOPS, run.best.step}
    for step in (0, run.best.step, PLAN.steps):
        assert run.test_losses[step] == pytest.approx(loss_and_accuracy(at(step), test)[0], abs=1e-5)
    assert min(run.test_losses, key=run.test_losses.__getitem__) == run.best.step, "they agree, at the stops"
    other = dataset.Digits(test.images[::-1], test.labels)
    monkeypatch.setattr(tensors, "test_bytes", lambda: (other.images, other.labels.astype(np.int32)))
    blind = early_stopping.watch(early_stopping.untrained(), 200)
    assert blind.best.step == run.best.step, "other test labels, the same choice"
    assert blind.test_losses[200] != run.test_losses[200]


def test_what_comes_after_the_best_step_is_overfitting(pieces):
    run = pieces[-1]
    assert (np.diff(run.train_losses) < 0).all()
    assert run.validation_losses[-1] > 1.1 * run.validation_losses.min()
    assert run.test_losses[PLAN.steps] > 1.1 * run.test_losses[run.best.step]


def test_by_heart_is_from_where_no_training_image_is_misread_any_more(pieces):
    run, few = pieces[-1], dataset.load(PLAN.split).training[: PLAN.train_size]
    since = run.by_heart_since
    assert loss_and_accuracy(at(since - 1), few)[1] < 1
    assert all(loss_and_accuracy(at(step), few)[1] == 1 for step in (since, since + 1, 200, PLAN.steps))
    early = next(piece for piece in pieces if piece.state.step == 50)
    assert early.by_heart_since is None
