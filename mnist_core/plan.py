"""Plan: every choice that decides a run, seed included, so that its text rebuilds the run bit for bit."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode

from mnist_core.dataset import SPLITS, TRAINING_SIZES, Split
from mnist_core.errors import PlanError

ALL: Literal["all"] = "all"
MODELS = ("linear", "mlp")
BATCH_ORDERS = ("shuffled", "file", "file_first")
SAMPLES = ("first", "random")
HIDDEN_UNITS = (1, 512)
LEARNING_RATES = (1e-6, 100.0)
MOST_STEPS = 100_000
SEEDS = (0, 2**32 - 1)


@dataclass(frozen=True)
class Plan:
    """A run, decided: raises PlanError naming field, value and range when a choice is out of range.

    `model` is "linear", or "mlp" with one hidden layer of `hidden_units`. `train_size` takes n training images of
    `split`: as `sample` says, the "first" ones, or "random" ones. `batch_size` images go into each step, or "all" of
    them, in a `batch_order` "shuffled" anew in each epoch, as in the "file" in each, or as in the file in the first one
    and shuffled in the later ones, "file_first". `seed` decides random sample and order, and the initial weights of an
    MLP. `double_softmax` repeats a published mistake: a loss that takes the softmax of what is a softmax already. The
    defaults are those of the classic tutorial.
    """

    model: str = "linear"
    hidden_units: int = 64
    split: Split = "tutorial"
    train_size: int = 55_000
    sample: str = "first"
    learning_rate: float = 0.5
    batch_size: int | Literal["all"] = 100
    batch_order: str = "shuffled"
    steps: int = 1_000
    seed: int = 0
    double_softmax: bool = False

    def __post_init__(self) -> None:
        _check_choice("model", self.model, MODELS)
        self._whole("hidden_units", *HIDDEN_UNITS)
        _check_choice("split", self.split, SPLITS)
        self._whole("train_size", 1, TRAINING_SIZES[self.split])
        _check_choice("sample", self.sample, SAMPLES)
        self._check_learning_rate()
        if self.batch_size != ALL:
            self._whole("batch_size", 1, self.train_size, f" (the training size), or {ALL!r}")
        _check_choice("batch_order", self.batch_order, BATCH_ORDERS)
        self._whole("steps", 0, MOST_STEPS)
        self._whole("seed", *SEEDS)
        if not isinstance(self.double_softmax, bool):
            raise PlanError("double_softmax", self.double_softmax, "true or false")

    @property
    def images_per_step(self) -> int:
        """How many images each step looks at."""
        return self.train_size if self.batch_size == ALL else int(self.batch_size)

    def to_params(self) -> dict[str, str]:
        """Every choice as text under its field's name: the parameters of a link."""
        return {name: str(value).lower() for name, value in asdict(self).items()}

    def to_text(self) -> str:
        """One line that `from_text` turns back into an equal Plan."""
        return urlencode(self.to_params())

    @classmethod
    def from_text(cls, text: str) -> "Plan":
        """The Plan that `to_text` wrote; a field left out has its default, an unknown one is an error."""
        params = dict(parse_qsl(text, keep_blank_values=True))
        for name in params.keys() - PARSERS.keys():
            raise PlanError(name, params[name], f"no field of this name; there are {', '.join(PARSERS)}")
        plan, errors = read_params(params)
        if errors:
            raise errors[0]
        return plan

    def _whole(self, name: str, low: int, high: int, more: str = "") -> None:
        value, allowed = getattr(self, name), f"whole numbers from {low:,} to {high:,}{more}"
        try:
            number = operator.index(value)
        except TypeError:
            raise PlanError(name, value, allowed) from None
        if isinstance(value, bool) or not low <= number <= high:
            raise PlanError(name, value, allowed)
        object.__setattr__(self, name, number)

    def _check_learning_rate(self) -> None:
        value, (low, high) = self.learning_rate, LEARNING_RATES
        allowed = f"numbers from {low:.6f} to {high:g}"
        try:
            number = float(value)
        except (TypeError, ValueError):
            raise PlanError("learning_rate", value, allowed) from None
        if isinstance(value, bool | str) or not low <= number <= high:
            raise PlanError("learning_rate", value, allowed)
        object.__setattr__(self, "learning_rate", number)


def read_params(params: Mapping[str, str]) -> tuple[Plan, list[PlanError]]:
    """A Plan from the parameters of a link, and one error for each that had to be passed over.

    Other names are ignored: a link may carry more than a Plan. Where the training size is smaller than the
    batch, and the link does not name a batch, the batch is everything.
    """
    plan, errors = Plan(), []
    for name in ("split", *(name for name in PARSERS if name != "split")):  # the split bounds the training size
        if name in params:
            try:
                plan = changed(plan, name, _parse(name, params[name]))
            except PlanError as error:
                errors.append(error)
    return plan, errors


def changed(plan: Plan, name: str, value: Any) -> Plan:
    """The plan with one choice changed; a batch that no longer fits becomes "all"."""
    choices: dict[str, Any] = {name: value}
    if name == "split":
        choices["train_size"] = min(plan.train_size, TRAINING_SIZES.get(value, plan.train_size))
    size = choices.get("train_size", plan.train_size)
    if name != "batch_size" and plan.batch_size != ALL and isinstance(size, int) and size < plan.batch_size:
        choices["batch_size"] = ALL
    return replace(plan, **choices)


def differences(plan: Plan, other: Plan) -> dict[str, tuple[Any, Any]]:
    """The fields in which two plans differ and that matter to one of them, each with both values."""
    pairs = {field.name: (getattr(plan, field.name), getattr(other, field.name)) for field in fields(Plan)}
    if plan.model == other.model == "linear":
        del pairs["hidden_units"]
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def milestones(steps: int) -> list[int]:
    """Steps 0, 1, 2, 5, 10, 20, 50, ... up to `steps`, and `steps` itself: where a run is evaluated."""
    series = (digit * 10**power for power in range(len(str(MOST_STEPS))) for digit in (1, 2, 5))
    return sorted({0, steps, *(step for step in series if step <= steps)})


def _check_choice(name: str, value: object, allowed: tuple[str, ...]) -> None:
    if value not in allowed:
        raise PlanError(name, value, " or ".join(map(repr, allowed)))


def _parse(name: str, text: str) -> Any:
    try:
        return PARSERS[name](text)
    except ValueError:
        return text  # Plan says what it would have liked


PARSERS: dict[str, Callable[[str], Any]] = {
    "model": str,
    "hidden_units": int,
    "split": str,
    "train_size": int,
    "sample": str,
    "learning_rate": float,
    "batch_size": lambda text: text if text == ALL else int(text),
    "batch_order": str,
    "steps": int,
    "seed": int,
    "double_softmax": lambda text: {"true": True, "false": False}.get(text, text),
}
