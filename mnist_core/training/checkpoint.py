"""A run on disk: one .npz of plain arrays, read without pickle, so that a foreign file can do no harm."""

import io
import math
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np

from mnist_core.dataset import PIXELS
from mnist_core.errors import PlanError, SavedRunError
from mnist_core.fields import HIDDEN_UNITS_RANGE
from mnist_core.model import Floats, Layer, Parameters
from mnist_core.plan import Plan
from mnist_core.training import State, start

DATA = Path(__file__).parents[1] / "data"
PRETRAINED, PRETRAINED_MLP = DATA / "pretrained.npz", DATA / "pretrained_mlp.npz"
# `make pretrained` trains them; 92.5 % and 97.4 % on the test set
PRETRAINED_PLAN = Plan(learning_rate=0.2, steps=20_000)
PRETRAINED_MLP_PLAN = Plan(model="mlp", steps=10_000)
LAYER_NAMES = {"linear": ("",), "mlp": ("hidden_", "")}

LARGEST = 4 * PIXELS * HIDDEN_UNITS_RANGE[1]  # bytes of an array: the first weights of the widest MLP
FOREIGN = (  # whatever NumPy, zip or a Plan may raise on bytes that `save` did not write
    OSError, ValueError, EOFError, KeyError, TypeError, AttributeError, OverflowError, RuntimeError,
    zipfile.BadZipFile, zlib.error, PlanError,
)  # fmt: skip


def to_bytes(plan: Plan, state: State) -> bytes:
    """A run as .npz: `plan` (text), `step`, and its parameters.

    `weights` `(784 or units, 10)` and `bias` `(10,)` are the last layer's; an MLP's hidden layer has `hidden_weights`
    `(784, units)` and `hidden_bias` `(units,)`.
    """
    file = io.BytesIO()
    arrays: dict[str, Any] = {name: value for name, (value, _) in _named(state.parameters, state.parameters).items()}
    np.savez_compressed(file, plan=np.array(plan.to_text()), step=np.array(state.step), **arrays)
    return file.getvalue()


def save(path: Path, plan: Plan, state: State) -> None:
    """Write what `to_bytes` makes of a run."""
    try:
        path.write_bytes(to_bytes(plan, state))
    except OSError as error:
        raise SavedRunError(f"{path} cannot be written ({error.strerror}).") from error


def check_writable(path: Path) -> None:
    """Raise SavedRunError now if `save` could not write there, rather than after a long run."""
    if not path.parent.is_dir():
        raise SavedRunError(f"{path} cannot be written; the folder {path.parent} does not exist.")
    try:
        there = path.exists()
        with path.open("ab"):  # what is there stays as it is
            pass
        if not there:
            path.unlink()
    except OSError as error:
        raise SavedRunError(f"{path} cannot be written ({error.strerror}).") from error


def load(path: Path) -> tuple[Plan, State]:
    """Read what `save` wrote; SavedRunError says in words what is wrong with any other file."""
    shown = path.name if path.parent == DATA else path  # where the product is installed is nobody's business
    if path.exists() and not path.is_file():
        raise SavedRunError(f"{shown} is no file; expected an .npz file that `train --save` wrote.")
    try:
        with zipfile.ZipFile(path) as archive:
            plan = Plan.from_text(str(_array(archive, "plan")))
            names = [f"{layer}{field}" for layer in LAYER_NAMES[plan.model] for field in Layer._fields]
            arrays = [_array(archive, name) for name in names]
            pairs = zip(arrays[::2], arrays[1::2], strict=True)
            state = State(int(_array(archive, "step")), tuple(Layer(*pair) for pair in pairs))
    except FileNotFoundError:
        raise SavedRunError(f"{shown} does not exist; expected an .npz file that `train --save` wrote.") from None
    except FOREIGN as error:
        raise SavedRunError(
            f"{shown} is not a saved run, or is damaged; expected an .npz file that `train --save` wrote."
        ) from error
    _check(shown, plan, state)
    return plan, state


def _array(archive: zipfile.ZipFile, name: str) -> Any:
    """An array of an .npz file, once its header promises no more bytes than the largest model has."""
    if archive.getinfo(f"{name}.npy").compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise ValueError(f"{name} is packed in a way that NumPy does not write")
    with archive.open(f"{name}.npy") as member:
        version = np.lib.format.read_magic(member)
        read_header = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
        shape, _, kind = read_header[version](member)
        if math.prod(shape) * kind.itemsize > LARGEST:
            raise ValueError(f"{name} has the shape {shape}")
    with archive.open(f"{name}.npy") as member:
        return np.lib.format.read_array(member, allow_pickle=False)


def _named(parameters: Parameters, others: Parameters) -> dict[str, tuple[Floats, Floats]]:
    """The parameters of two models of one kind, under the names they have in a file."""
    names = LAYER_NAMES["mlp" if len(parameters) > 1 else "linear"]
    return {
        f"{name}{field}": pair
        for name, one, other in zip(names, parameters, others, strict=True)
        for field, pair in zip(Layer._fields, zip(one, other, strict=True), strict=True)
    }


def _check(path: Path | str, plan: Plan, state: State) -> None:
    for name, (found, expected) in _named(state.parameters, start(plan).parameters).items():
        if found.shape != expected.shape or found.dtype != expected.dtype:
            raise SavedRunError(
                f"{path} has {name} of shape {found.shape} and type {found.dtype}; "
                f"expected {expected.shape} and {expected.dtype}."
            )
        if not np.isfinite(found).all():
            raise SavedRunError(f"{path} has {name} that are not all finite numbers.")
    if not 0 <= state.step <= plan.steps:
        raise SavedRunError(f"{path} has step {state.step}; expected 0 to {plan.steps}, the steps of its plan.")
