"""Training speed beside its peers, in one process and in turn: python -m benchmarks.training

- tutorial D's five epochs, 9,375 steps of 32, with the evaluations that every run has, against keras.Model.fit
- 1,000 steps of 100 with all their evaluations, against the bare steps
- 200 shuffles of 10 steps side by side, against the same runs one after the other
"""

import os
import statistics
import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from mnist_core import dataset, model, training
from mnist_core.plan import Plan
from mnist_core.studies import seeds
from mnist_core.studies.tutorials import TUTORIALS

ROUNDS = 3


def seconds(work: Callable[[], Any]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def compare(name: str, ours: Callable[[], Any], peer: Callable[[], Any], limit: str) -> None:
    """Both in turn, a first time unmeasured; one line with medians and the median of the ratios."""
    ours(), peer()
    pairs = [(seconds(ours), seconds(peer)) for _ in range(ROUNDS)]
    a, b = (statistics.median(each) for each in zip(*pairs, strict=True))
    ratio = statistics.median(one / other for one, other in pairs)
    print(f"{name:48} {a:7.2f} s  peer {b:7.2f} s  ratio {ratio:5.2f}  ({limit})", flush=True)


def keras_fit(plan: Plan) -> Callable[[], Any]:
    """The same model, rate, order and double softmax as Keras runs them."""
    import keras

    digits = dataset.load(plan.split).training[: plan.train_size]
    images = model.as_input(digits.images)
    epochs = plan.steps * plan.images_per_step // plan.train_size

    def fit() -> Any:
        network = keras.Sequential(
            [keras.layers.Dense(plan.hidden_units, "tanh"), keras.layers.Dense(model.CLASSES, "softmax")]
        )
        loss = keras.losses.SparseCategoricalCrossentropy(from_logits=plan.double_softmax)
        network.compile(keras.optimizers.SGD(plan.learning_rate), loss)
        network.fit(images, digits.labels, plan.images_per_step, epochs, shuffle=False, verbose=0)
        return network

    return fit


def main() -> None:
    """Measure and print everything."""
    os.environ["KERAS_BACKEND"] = "tensorflow"
    training.warm_up()
    plan = TUTORIALS["D"].trials[0].plan
    compare(
        "tutorial D, five epochs, against keras fit",
        lambda: training.advance(plan, training.start(plan), plan.steps),
        keras_fit(plan),
        "at most 0.5",
    )
    classic = Plan()
    compare(
        "1,000 steps with evaluations, against without",
        lambda: training.advance(classic, training.start(classic), classic.steps),
        lambda: training.descend(classic, training.start(classic), classic.steps),
        "at most 2.5",
    )
    few = replace(Plan(), steps=10)

    def one_by_one() -> None:
        for seed in range(200):
            run = replace(few, seed=seed)
            state, _ = training.descend(run, training.start(run), 10)
            training.test_score(run, state)

    compare(
        "200 shuffles x 10 steps, against one by one",
        lambda: [seeds.accuracies(few, range(at, at + seeds.BLOCK), (10,)) for at in range(0, 200, seeds.BLOCK)],
        one_by_one,
        "a few seconds",
    )


if __name__ == "__main__":
    main()
