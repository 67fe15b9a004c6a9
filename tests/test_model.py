"""The model against identities that hold whatever the weights are."""

import itertools

import numpy as np
import pytest

from mnist_core import dataset, metrics, model, training
from mnist_core.plan import Plan
from mnist_core.training import batches


def drawn(*sizes):
    rng = np.random.default_rng(1)
    return tuple(
        model.Layer(rng.normal(size=pair).astype(np.float32), rng.normal(size=pair[1]).astype(np.float32))
        for pair in itertools.pairwise(sizes)
    )


@pytest.fixture(params=[(784, 10), (784, 12, 10)], ids=["linear", "mlp"])
def layers(request):
    return drawn(*request.param)


def test_untrained_model_says_one_tenth_and_reads_the_zeros():
    test = dataset.load_test()
    assert np.allclose(model.probabilities(model.zeros(), test.images[:3]), 0.1)
    score = metrics.evaluate(model.zeros(), test)
    assert score.accuracy == 980 / 10_000, "it always says 0, and 980 test digits are zeros"
    assert score.loss == pytest.approx(np.log(10), abs=1e-6)


def test_probabilities_sum_to_one_and_a_constant_changes_nothing(layers):
    scores = model.logits(layers, dataset.load_test().images[:50])
    shares = model.softmax(scores)
    assert np.allclose(shares.sum(axis=1), 1, atol=1e-6)
    assert np.allclose(model.softmax(scores + np.float32(8)), shares, atol=1e-5)


def test_softmax_of_huge_scores_is_finite():
    assert model.softmax(np.array([1e30, 0, -1e30], np.float32)).tolist() == [1, 0, 0]


def test_evidence_and_bias_sum_to_the_logit(layers):
    image = dataset.load_test().images[7]
    votes = model.evidence(layers, image)
    assert votes.shape == layers[-1].weights.shape
    assert np.allclose(
        votes.sum(axis=0, dtype=np.float64) + layers[-1].bias, model.logits(layers, image), rtol=1e-5, atol=1e-4
    )


def test_gradient_is_the_slope_that_finite_differences_find(layers):
    digits, rng = dataset.load_test()[:30], np.random.default_rng(2)
    x, y = model.as_input(digits.images), digits.labels
    layers = tuple(model.Layer(*(0.1 * values for values in layer)) for layer in layers)
    exact = [[values.astype(np.float64) for values in layer] for layer in layers]

    def loss():
        values = x.astype(np.float64)
        for weights, bias in exact[:-1]:
            values = np.tanh(values @ weights + bias)
        z = values @ exact[-1][0] + exact[-1][1]
        return (np.log(np.exp(z).sum(axis=1)) - z[np.arange(30), y]).mean()

    for found, layer in zip(model.gradient(layers, x, y), exact, strict=True):
        for gradient, values in zip(found, layer, strict=True):
            assert gradient.shape == values.shape
            largest = np.unravel_index(np.abs(gradient).argmax(), values.shape)
            for place in [largest, *(tuple(rng.integers(values.shape)) for _ in range(10))]:
                value, losses = values[place], []
                for nudge in (1e-5, -1e-5):
                    values[place] = value + nudge
                    losses.append(loss())
                values[place] = value
                assert gradient[place] == pytest.approx((losses[0] - losses[1]) / 2e-5, abs=1e-5)


@pytest.mark.parametrize("kind", ["linear", "mlp"])
def test_gradient_leads_where_tensorflow_goes(kind):
    plan = Plan(model=kind, hidden_units=12, train_size=300, batch_size=30, steps=20, seed=1)
    digits, expected = dataset.load().training, training.advance(plan, training.start(plan), 20)[0].parameters
    found = training.start(plan).parameters
    for batch in batches.batch_indices(plan, 0, 20):
        x, y = model.as_input(digits.images[batch]), digits.labels[batch]
        found = model.updated(found, model.gradient(found, x, y), plan.learning_rate)
    for one, other in zip(found, expected, strict=True):
        assert np.abs(one.weights - other.weights).max() < 1e-5 < np.abs(other.weights).max()
        assert np.abs(one.bias - other.bias).max() < 1e-5 < np.abs(other.bias).max()


def test_bytes_and_floats_are_read_alike(layers):
    images = dataset.load_test().images[:5]
    assert np.allclose(model.logits(layers, images), model.logits(layers, images / 255), atol=1e-4)


def test_prediction_of_one_digit_and_of_many(layers):
    images = dataset.load_test().images[:5]
    assert model.predict(layers, images).tolist() == [int(model.predict(layers, image)) for image in images]


def test_cross_entropy_of_the_tutorials_example():
    """Tutorial C: with these probabilities, truth 3 costs 0.1053 and truth 2 costs 4.6051."""
    j = np.array([0.03, 0.03, 0.01, 0.9, 0.01, 0.01, 0.0025, 0.0025, 0.0025, 0.0025], np.float32)
    costs = metrics.cross_entropy(np.log([j, j]), np.array([3, 2], np.uint8))
    assert costs == pytest.approx([0.1053, 4.6051], abs=1e-4)


def test_confusion_counts_each_digit_once(layers):
    test = dataset.load_test()[:500]
    counts = metrics.evaluate(layers, test).confusion
    predicted = model.predict(layers, test.images)
    expected = [[sum((test.labels == t) & (predicted == p)) for p in range(10)] for t in range(10)]
    assert counts.tolist() == expected


@pytest.mark.parametrize("sizes", [(784, 10), (784, 100, 10)])
def test_the_largest_change_of_each_layer_is_found_wherever_it_is(sizes):
    old = drawn(*sizes)
    for layer, (inputs, units) in enumerate(itertools.pairwise(sizes)):
        new = [model.Layer(each.weights + np.float32(0.01), each.bias) for each in old]
        new[layer].weights[inputs - 2, units - 1] -= 3
        found = model.largest_changes(old, tuple(new))[layer]
        assert found[:3] == (layer, inputs - 2, units - 1)
        assert found.size == pytest.approx(-2.99, abs=1e-5)
