"""A run on disk: one .npz of plain arrays, read without pickle, so that a foreign file can do no harm."""

import zipfile
import zlib
from pathlib import Path

import numpy as np

from mnist_core.errors import PlanError, SavedRunError
from mnist_core.model import Layer, zeros
from mnist_core.plan import Plan
from mnist_core.training import State

PRETRAINED = Path(__file__).parent / "data" / "pretrained.npz"
PRETRAINED_PLAN = Plan(learning_rate=0.2, steps=20_000)  # `make pretrained` trains it; about 92.5 % on the test set


FOREIGN = (  # whatever NumPy, zip or a Plan may raise on bytes that `save` did not write
    OSError, ValueError, EOFError, KeyError, TypeError, AttributeError, zipfile.BadZipFile, zlib.error, PlanError
)  # fmt: skip


def save(path: Path, plan: Plan, state: State) -> None:
    """Write a run as .npz: `plan` (text), `step`, `weights` (784, 10) and `bias` (10,)."""
    (layer,) = state.layers
    try:
        with path.open("wb") as file:
            np.savez_compressed(file, plan=plan.to_text(), step=state.step, weights=layer.weights, bias=layer.bias)
    except OSError as error:
        raise SavedRunError(f"{path} cannot be written ({error.strerror}).") from error


def check_writable(path: Path) -> None:
    """Raise SavedRunError now if `save` could not write there, rather than after a long run."""
    if not path.parent.is_dir():
        raise SavedRunError(f"{path} cannot be written; the folder {path.parent} does not exist.")


def load(path: Path) -> tuple[Plan, State]:
    """Read what `save` wrote; SavedRunError says in words what is wrong with any other file."""
    try:
        with np.load(path, allow_pickle=False) as file:
            plan = Plan.from_text(str(file["plan"]))
            state = State(int(file["step"]), (Layer(file["weights"], file["bias"]),))
    except FileNotFoundError:
        raise SavedRunError(f"{path} does not exist; expected an .npz file that `train --save` wrote.") from None
    except FOREIGN as error:
        raise SavedRunError(
            f"{path} is not a saved run, or is damaged; expected an .npz file that `train --save` wrote."
        ) from error
    _check(path, plan, state)
    return plan, state


def _check(path: Path, plan: Plan, state: State) -> None:
    for name, found, expected in zip(Layer._fields, state.layers[0], zeros()[0], strict=True):
        if found.shape != expected.shape or found.dtype != expected.dtype:
            raise SavedRunError(
                f"{path} has {name} of shape {found.shape} and type {found.dtype}; "
                f"expected {expected.shape} and {expected.dtype}."
            )
        if not np.isfinite(found).all():
            raise SavedRunError(f"{path} has {name} that are not all finite numbers.")
    if not 0 <= state.step <= plan.steps:
        raise SavedRunError(f"{path} has step {state.step}; expected 0 to {plan.steps}, the steps of its plan.")
