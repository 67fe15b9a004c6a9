"""Plan: every choice that decides a run, seed included, so that its text rebuilds the run bit for bit."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Literal
from urllib.parse import parse_qsl, urlencode

from mnist_core.dataset import TRAINING_SIZES, Split
from mnist_core.errors import PlanError
from mnist_core.fields import ALL as ALL
from mnist_core.fields import FIELD, FIELDS, STEPS_RANGE


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
        for field in FIELDS:
            object.__setattr__(self, field.name, field.checked(self))

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
        """The Plan that `to_text` wrote; a field left out is as in a link, an unknown one is an error."""
        params = dict(parse_qsl(text, keep_blank_values=True))
        for name in params.keys() - FIELD.keys():
            raise PlanError(name, params[name], f"no field of this name; there are {', '.join(FIELD)}")
        plan, errors = read_params(params)
        if errors:
            raise errors[0]
        return plan


@dataclass(frozen=True)
class Draft:
    """A Plan in the making: it remembers the batch size that was asked for while there are fewer images than that.

    Until there are as many, the batch is all of them, and `waiting_batch` is the size that comes back then; None where
    the Plan's batch size is the one that was asked for.
    """

    plan: Plan = Plan()
    waiting_batch: int | None = None

    @classmethod
    def from_params(cls, params: Mapping[str, str]) -> tuple["Draft", list[PlanError]]:
        """A Draft from the parameters of a link, and one error for each that had to be passed over.

        Other names are ignored: a link may carry more than a Plan.
        """
        draft, errors = cls(), []
        for field in FIELDS:
            if field.name in params:
                try:
                    draft = draft.changed(field.name, field.parsed(params[field.name]))
                except PlanError as error:
                    errors.append(error)
        return draft, errors

    def to_params(self) -> dict[str, str]:
        """The choices that were made, as text; nobody chose the batch where one is waiting."""
        params = self.plan.to_params()
        return {name: params[name] for name in params if name != "batch_size" or self.waiting_batch is None}

    def changed(self, name: str, value: Any) -> "Draft":
        """The draft with one choice changed; raises PlanError where it is out of range.

        Who has all images of a split has all of the next one, too; a chosen number stays, as far as there are as many.
        """
        if name == "batch_size":
            return Draft(replace(self.plan, batch_size=value))
        choices: dict[str, Any] = {name: value}
        if name == "split":
            size, there = self.plan.train_size, TRAINING_SIZES.get(value, 0)
            choices["train_size"] = there if size == TRAINING_SIZES[self.plan.split] else min(size, there)
        plan, wanted = replace(self.plan, batch_size=ALL, **choices), self.waiting_batch or self.plan.batch_size
        if wanted == ALL:
            return Draft(plan)
        return Draft(plan, wanted) if plan.train_size < wanted else Draft(replace(plan, batch_size=wanted))


def read_params(params: Mapping[str, str]) -> tuple[Plan, list[PlanError]]:
    """The Plan of a link, and one error for each parameter that had to be passed over."""
    draft, errors = Draft.from_params(params)
    return draft.plan, errors


def differences(plan: Plan, other: Plan) -> dict[str, tuple[Any, Any]]:
    """The fields in which two plans differ and that matter to one of them, each with both values."""
    mattering = [field.name for field in FIELDS if field.matters(plan.model) or field.matters(other.model)]
    pairs = {name: (getattr(plan, name), getattr(other, name)) for name in mattering}
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def milestones(steps: int) -> list[int]:
    """Steps 0, 1, 2, 5, 10, 20, 50, ... up to `steps`, and `steps` itself: where a run is evaluated."""
    series = (digit * 10**power for power in range(len(str(STEPS_RANGE[1]))) for digit in (1, 2, 5))
    return sorted({0, steps, *(step for step in series if step <= steps)})
