"""The table of a Plan's choices: all that checks, links, the command line and the sidebar know of each of them."""

from dataclasses import dataclass
from typing import Any, Literal

from mnist_core.choices import Kind, Number, OneOf, OnOff, Whole
from mnist_core.dataset import SIZES, SPLITS, TRAINING_SIZES, VALIDATION_SIZE
from mnist_core.errors import PlanError
from mnist_core.formatting import short

ALL: Literal["all"] = "all"
HIDDEN_UNITS_RANGE = (1, 512)
LEARNING_RATE_RANGE = (1e-6, 100.0)
STEPS_RANGE = (0, 100_000)
SEED_RANGE = (0, 2**32 - 1)


@dataclass(frozen=True)
class Field:
    """A choice of a Plan.

    `label` and `help` stand in the sidebar, `option` in the help of the command line, with `default` around the
    default, and `words` where runs are compared. The sidebar shows it "always", only with an "mlp", or "folded" away.
    """

    name: str
    kind: Kind
    label: str
    help: str
    option: str
    words: str
    default: str = "{}"
    shown: Literal["always", "mlp", "folded"] = "always"

    def parsed(self, text: str) -> Any:
        """The value that a text means; where it means none the text itself, for `checked` to refuse."""
        try:
            return self.kind.parsed(text)
        except ValueError:
            return text

    def checked(self, plan: Any) -> Any:
        """The value that a Plan in the making has of it; raises PlanError where it is not allowed."""
        value = getattr(plan, self.name)
        try:
            return self.kind.checked(value, plan)
        except (TypeError, ValueError, OverflowError):
            raise PlanError(self.name, value, self.kind.allowed(plan)) from None

    def matters(self, model: str) -> bool:
        """Whether a model of that kind has it."""
        return self.shown != "mlp" or model == "mlp"

    def labelled(self, value: Any) -> str:
        """A value as people read it: 5,500, MLP, as in the file."""
        labels = self.kind.labels if isinstance(self.kind, OneOf) else {}
        return labels.get(value) or short(value)

    def in_words(self, value: Any) -> str:
        """Name and value: learning rate 0.05, model MLP."""
        return f"{self.words} {self.labelled(value)}"


FIELDS = (  # in the order of Plan: the split bounds the training size, and that the batch size
    Field(
        name="model",
        kind=OneOf({"linear": "linear", "mlp": "MLP"}),
        label="Model: linear, or MLP (multilayer perceptron)",
        help="**Linear**: each digit has one weight for each pixel. **MLP** (multilayer perceptron): a layer of hidden "
        "units looks at the pixels first, and the digits look at those.",
        option="linear, or mlp: one hidden layer.",
        words="model",
    ),
    Field(
        name="hidden_units",
        kind=Whole(*HIDDEN_UNITS_RANGE),
        label="Hidden units",
        help="How many patterns of its own the MLP may look for. More read better, and take longer.",
        option="Units of the MLP's hidden layer.",
        words="hidden units",
        shown="mlp",
    ),
    Field(
        name="split",
        kind=OneOf({split: split for split in SPLITS}),
        label="Split",
        help=f"**tutorial**: the first {VALIDATION_SIZE:,} of {SIZES['train']:,} images are set aside. **full**: none.",
        option=f"tutorial ({TRAINING_SIZES['tutorial']:,} training images) or full ({TRAINING_SIZES['full']:,}).",
        words="split",
        shown="folded",
    ),
    Field(
        name="train_size",
        kind=Whole(1, lambda plan: TRAINING_SIZES[plan.split]),
        label="Training images",
        help="How many training images the model may look at. With 10 it learns them by heart: overfitting.",
        option="How many training images.",
        words="training size",
        default="all",
    ),
    Field(
        name="sample",
        kind=OneOf({"first": "first", "random": "random"}),
        label="Which images",
        help="**first**: the first ones of the split. **random**: as many that the seed draws from all of it.",
        option="Which of them: the first ones, or random ones that the seed draws.",
        words="sample",
        shown="folded",
    ),
    Field(
        name="learning_rate",
        kind=Number(*LEARNING_RATE_RANGE),
        label="Learning rate",
        help="How far each step follows the slope of the loss. Too small crawls, too large overshoots.",
        option="Length of each gradient step.",
        words="learning rate",
    ),
    Field(
        name="batch_size",
        kind=Whole(1, lambda plan: plan.train_size, note=" (the training size)", word=ALL),
        label="Batch size",
        help="How many images are looked at before each step: few make quick, noisy steps; all make slow, smooth "
        "ones. Or type a number.",
        option="Images in each step, or 'all'.",
        words="batch size",
        default="{}, or all where there are fewer",
    ),
    Field(
        name="batch_order",
        kind=OneOf({"shuffled": "shuffled", "file": "as in the file", "file_first": "as in the file, then shuffled"}),
        label="Order of the images",
        help="**shuffled**: in a new order each time all have been seen. **as in the file**: always as they come. "
        "**as in the file, then shuffled**: as they come until all have been seen, then in new orders, as TensorFlow "
        "0.12 did (tutorial A).",
        option="shuffled in each epoch, as in the file, or file_first: shuffled from the second on.",
        words="order",
        shown="folded",
    ),
    Field(
        name="steps",
        kind=Whole(*STEPS_RANGE),
        label="Steps",
        help="How many times the weights are changed before the run ends.",
        option="Gradient steps.",
        words="steps",
    ),
    Field(
        name="seed",
        kind=Whole(*SEED_RANGE),
        label="Seed",
        help="Decides the order in which the images are seen, which ones a random choice takes, and an MLP's first "
        "weights; the same seed gives the same run, bit for bit.",
        option="Decides the order of the images, a random sample, and an MLP's first weights.",
        words="seed",
        shown="folded",
    ),
    Field(
        name="double_softmax",
        kind=OnOff(),
        label="Double softmax",
        help="A published mistake (tutorial D), repeated on purpose: the loss takes the softmax of probabilities that "
        "went through it already. It still learns, more slowly.",
        option="Repeat tutorial D's mistake in the loss.",
        words="double softmax",
        shown="folded",
    ),
)
FIELD = {field.name: field for field in FIELDS}
