"""Tutorial A's figures, against a NumPy loop and against other shuffles."""

import numpy as np

from mnist_core import dataset
from mnist_core.plan import Plan
from mnist_core.studies.tasks import results_of
from mnist_core.studies.tutorials import a
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings, accuracy_of, states_at


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
    states = states_at(a.PLAN, (1, 10))
    for step, published_as, exact in ((1, "40.7%", 0.4075), (10, "78.2%", 0.7821)):
        accuracy = accuracy_of(states[step])
        assert accuracy == numpy_accuracy(np.arange(55_000), step) == exact
        assert f"{np.float32(accuracy):.1%}" == published_as
    table = a.rows(Findings({PUBLISHED: states}))
    assert [row.agrees for row in table[1:3]] == [True, True]
    assert "no chance" in table[1].says
    shuffled = a.rows(Findings({PUBLISHED: states_at(Plan(), (1, 10))}))
    assert [row.agrees for row in shuffled[1:3]] == [False, False]


def test_as_last_figure_lies_among_those_of_the_later_shuffles():
    found = np.concatenate(results_of(a.LATER_SHUFFLES.tasks()[:1]))[:, 0]
    assert len(found) == 20 and len(set(found)) > 10
    assert found.min() < 0.917 < found.max()
