"""The tutorials' figures measured again, each way of measuring against another one."""

import numpy as np
import pytest

from mnist_core import dataset, published, shuffles, training, tutorials
from mnist_core.plan import Plan
from mnist_core.training import sweep
from mnist_core.tutorials import TUTORIALS


@pytest.mark.parametrize("seed", [0, 3, 49])
def test_a_shuffle_among_many_is_the_run_alone(seed):
    plan = Plan(train_size=2_000, batch_size=50, learning_rate=0.3, seed=seed, steps=30)
    seeds = [seed, 7, 8]
    together = shuffles.accuracies(plan, seeds, (0, 1, 10, 30))
    for column, stop in enumerate((0, 1, 10, 30)):
        alone, _ = training.advance(plan, training.start(plan), stop)
        assert together[0, column] == pytest.approx(training.test_score(plan, alone).accuracy, abs=2e-4)
    assert len(set(together[:, 1])) == 3


def test_blocks_and_parts_of_a_shuffle_change_nothing(monkeypatch):
    whole = shuffles.accuracies(Plan(), range(6), (1, 10))
    monkeypatch.setattr(sweep, "MOST_IMAGES", 700)
    blocks = np.concatenate([shuffles.accuracies(Plan(), range(at, at + 2), (1, 10)) for at in (0, 2, 4)])
    assert blocks == pytest.approx(whole, abs=2e-4)


def numpy_accuracy(order: np.ndarray, steps: int) -> float:
    """Test accuracy of softmax regression at rate 0.5 on images in this order, 100 a step."""
    data, test = dataset.load().training, dataset.load_test()
    weights, bias = np.zeros((784, 10)), np.zeros(10)
    for batch in order[: 100 * steps].reshape(steps, 100):
        x, y = data.images[batch] / 255, np.eye(10)[data.labels[batch]]
        powers = np.exp(x @ weights + bias)
        error = powers / powers.sum(axis=1, keepdims=True) - y
        weights -= 0.5 * x.T @ error / 100
        bias -= 0.5 * error.mean(axis=0)
    return float(((test.images / 255 @ weights + bias).argmax(axis=1) == test.labels).mean())


def test_a_is_exact_in_file_order_and_prints_as_published():
    states = tutorials.states_at(TUTORIALS["A"].trials[0].plan, (1, 10))
    for step, published_as, exact in ((1, "40.7%", 0.4075), (10, "78.2%", 0.7821)):
        accuracy = tutorials.test_accuracy(states[step])
        assert accuracy == numpy_accuracy(np.arange(55_000), step) == exact
        assert f"{np.float32(accuracy):.1%}" == published_as
    table = published.rows("A", {tutorials.PUBLISHED: [states]})
    assert [row.agrees for row in table[1:3]] == [True, True]
    assert "no chance" in table[1].says
    shuffled = published.rows("A", {tutorials.PUBLISHED: [tutorials.states_at(Plan(), (1, 10))]})
    assert [row.agrees for row in shuffled[1:3]] == [False, False]


def test_bs_first_step_stands_where_a_numpy_loop_puts_it():
    """50.5 % at the 98th percentile of 1,000 shuffles, to three points; no shuffle gives both of A's figures."""
    found = [task.work(*task.args) for task in tutorials.part_tasks(tutorials.SHUFFLES)]
    values = np.concatenate(found)
    assert values.shape == (1_000, 2)
    assert shuffles.percentile(values[:, 0], 0.505) == pytest.approx(98, abs=3)
    both = np.isclose(values, [0.4075, 0.7821], atol=5e-5).all(axis=1)
    assert not both.any()


def test_as_last_figure_lies_among_those_of_the_later_shuffles():
    tasks = tutorials.part_tasks(tutorials.LATER_SHUFFLES)[:2]
    found = np.concatenate([task.work(*task.args) for task in tasks])[:, 0]
    assert len(found) == 40 and len(set(found)) > 20
    assert found.min() < 0.917 < found.max()


def test_one_step_of_a_few_shuffles_by_numpy():
    """From zeros every probability is a tenth, so the first step is rate times the mean of x (y - 0.1)."""
    data, test, plan = dataset.load().training, dataset.load_test(), Plan()
    for seed, share in zip(range(4), shuffles.accuracies(plan, range(4), (1,))[:, 0], strict=True):
        batch = np.random.default_rng([seed, 0]).permutation(55_000)[:100]
        x, y = data.images[batch] / 255, np.eye(10)[data.labels[batch]]
        weights, bias = 0.5 * x.T @ (y - 0.1) / 100, 0.5 * (y - 0.1).mean(axis=0)
        read = (test.images / 255 @ weights + bias).argmax(axis=1)
        assert share == pytest.approx((read == test.labels).mean(), abs=2e-4)


def test_percentile_counts_ties_half():
    assert shuffles.percentile(np.array([1.0, 2.0, 2.0, 3.0]), 2.0) == 50
    assert shuffles.percentile(np.array([1.0, 2.0]), 9.0) == 100


@pytest.mark.parametrize("letter", ["C", "E"])
def test_tables_of_runs_without_chance(letter):
    heard = []
    found = tutorials.measure([letter], heard.append)
    table = published.rows(letter, found[letter])
    assert all(row.agrees for row in table), [row for row in table if not row.agrees]
    assert heard == [0.0]
    if letter == "C":
        assert max(row.agreement for row in table[:12]) < 1e-3


def test_a_and_b_are_measured_apart(monkeypatch):
    monkeypatch.setattr(tutorials, "MANY", 100)
    monkeypatch.setattr(tutorials, "MANY_LONG", 20)
    heard = []
    found = tutorials.measure("AB", heard.append)
    assert len(heard) == 2 + 2 + 1 + 1, "two runs, two blocks of shuffles, one of long ones and one of later ones"
    for letter in "AB":
        table = published.rows(letter, found[letter])
        assert [row.published for row in table] == {"A": [0.098, 0.407, 0.782, 0.917], "B": [0.098, 0.505, 0.918]}[
            letter
        ]
        assert table[0].agrees
    assert published.rows("B", found["B"])[-1].agrees
    assert "100 shuffles" in published.rows("B", found["B"])[1].says
    assert "20 shuffles" in published.rows("A", found["A"])[-1].says


def test_d_with_two_seeds():
    trials = TUTORIALS["D"].trials
    work = [task for task in tutorials.part_tasks("seeds") if task.args[0].seed < 2]
    found = {"seeds": [task.work(*task.args) for task in work]}
    found |= {trial.name: [tutorials.states_at(trial.plan, trial.stops)] for trial in trials[:2]}
    table = published.rows("D", found)
    assert [row.measured for row in table] == pytest.approx([0.970, 0.9615, 0.9755, 0.965], abs=0.006)
    assert table[2].agreement > 0 and table[3].agreement > 0, "a single softmax is better"
    assert [row.agrees for row in table] == [None] * 4, "no verdict before all ten seeds are in"
    assert found["seeds"][0][0] is True and len(found["seeds"]) == 4
    assert found["seeds"][0][1] == table[0].measured, "seed 0 is the tutorial's own run"


def test_a_figure_that_does_not_agree_says_so():
    found = tutorials.measure(["E"], lambda share: None)["E"]
    states = dict(found[tutorials.PUBLISHED][0])
    states[9 * tutorials.EPOCH_E] = states[tutorials.EPOCH_E]  # as if it had stopped learning
    assert [row.agrees for row in published.rows("E", {tutorials.PUBLISHED: [states]})] == [True] * 4 + [False]
    wrong = {tutorials.PUBLISHED: [{2_501: training.start(TUTORIALS["C"].trials[0].plan)}]}
    assert not any(row.agrees for row in published.rows("C", wrong))


@pytest.mark.parametrize("letter", TUTORIALS)
def test_before_anything_is_measured_the_table_has_the_published_figures_only(letter):
    table = published.rows(letter, {})
    assert all(row.measured is None and row.agrees is None for row in table)
    assert published.markdown(table).count("\n") == len(table) + 1


@pytest.mark.parametrize("letter", TUTORIALS)
def test_every_trial_stops_within_its_run(letter):
    for trial in TUTORIALS[letter].trials:
        assert all(0 <= stop <= trial.plan.steps for stop in trial.stops)
