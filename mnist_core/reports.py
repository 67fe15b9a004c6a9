"""What the command line prints of a run and of a reading, as JSON carries it or as text."""

import math
from typing import Any

from mnist_core import model, training
from mnist_core.plan import Plan


def training_report(plan: Plan, state: training.State, log: training.Log, seconds: float) -> dict[str, Any]:
    """A run: its plan, where it ended, its evaluations on the way, and how long it took."""
    final = log.evaluations[-1]
    if final.step != state.step:
        final = training.evaluate(plan, state)
    return {
        "plan": {name: getattr(plan, name) for name in plan.to_params()},
        **_evaluation_report(final),
        "evaluations": [_evaluation_report(evaluation) for evaluation in log.evaluations],
        "seconds": round(seconds, 3),
        "diverged_at": log.diverged_at,
    }


def _evaluation_report(evaluation: training.Evaluation) -> dict[str, float | None]:
    return {
        "step": evaluation.step,
        "train_loss": number(evaluation.training.loss),
        "train_accuracy": evaluation.training.accuracy,
        "test_loss": number(evaluation.test.loss),
        "test_accuracy": evaluation.test.accuracy,
    }


def training_text(report: dict[str, Any]) -> str:
    """The same as a table."""
    lines = [f"{'step':>7} {'train loss':>11} {'test loss':>10} {'test accuracy':>14}"]
    lines += [
        f"{row['step']:7,} {row['train_loss']:11.4f} {row['test_loss']:10.4f} {row['test_accuracy']:14.2%}"
        for row in report["evaluations"]
    ]
    if report["diverged_at"] is not None:
        lines.append(f"Step {report['diverged_at']:,} would not have been finite: stopped at the last finite weights.")
    return "\n".join([*lines, f"{report['seconds']:.2f} s"])


def reading(name: str, probabilities: model.Floats) -> dict[str, Any]:
    """What a model reads of one image."""
    shares = [number(float(p)) for p in probabilities]
    return {"image": name, "digit": int(probabilities.argmax()), "probabilities": shares}


def number(value: float) -> float | None:
    """JSON has no infinity: a figure that is not finite becomes null."""
    return value if math.isfinite(value) else None
