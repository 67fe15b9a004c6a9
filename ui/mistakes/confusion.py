"""Parts of the Mistakes page: the confusion matrix and what is behind it, and two models against each other."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from mnist_core import dataset, metrics
from mnist_core.explain import misread
from mnist_core.formatting import a_digit, counted, of_digit, percent, probability
from ui import digit_grid, live_view, model_choice, resources
from ui.live_view import messages
from ui.model_choice import KINDS, SHORT, Reader
from ui.session import Slot

ANY = "any"
DIGITS = [ANY, *map(str, range(10))]
NUMBERS = ("counts", "% of row")
MOST_SHOWN = 60
_TRUTH = Slot("true_digit", lambda: ANY)
_READ_AS = Slot("read_as", lambda: ANY)
_NUMBERS = Slot("matrix_numbers", lambda: NUMBERS[0])


def confusion(reader: Reader) -> None:
    """The matrix, and beside it the images behind the cell or the filter that was chosen."""
    read_as, labels = resources.readings(reader.parameters).argmax(axis=1), dataset.load_test().labels
    counts = metrics.confusion(read_as, labels)
    left, right = st.columns([1, 1], gap="medium")
    with left:
        truth, read = _filters()
        _matrix(counts, truth, read)
        st.caption(accuracy_says(read_as == labels))
    with right, st.container(key="behind"):
        _behind(reader, truth, read)


def against(key: str = "against") -> None:
    """What a linear model gets wrong that an MLP gets right, and the other way round."""
    columns, chosen = st.columns(2, gap="medium"), {}
    for kind, column in zip(KINDS, columns, strict=True):
        with column:
            chosen[kind] = model_choice.choose(SHORT[kind], f"{key}_{kind}", kind)
    test = dataset.load_test()
    found = {kind: resources.readings(reader.parameters) for kind, reader in chosen.items()}
    for kind, other, column in zip(KINDS, reversed(KINDS), columns, strict=True):
        indices = misread.only_one_right(found[kind], found[other], test.labels)
        with column, st.container(key=f"only_{kind}"):
            st.markdown(
                f"**{counted(len(indices), 'digit')} that only {SHORT[kind]} reads right**, the surest mistakes first"
            )
            if len(indices) > MOST_SHOWN:
                st.caption(f"The {MOST_SHOWN} surest of them.")
            labels = [
                f"{test.labels[i]}, not {found[other][i].argmax()} ({probability(float(found[other][i].max()), 0)})"
                for i in indices[:MOST_SHOWN]
            ]
            digit_grid.of_test_digits(
                f"only_{kind}", indices[:MOST_SHOWN], labels, least=104, reader=chosen[other].name
            )


def _filters() -> tuple[int | None, int | None]:
    with st.container(horizontal=True, key="filters"):
        truth = st.selectbox("True digit", DIGITS, key=_TRUTH.widget_key(), persist_state="session", width=110)
        read = st.selectbox("Read as", DIGITS, key=_READ_AS.widget_key(), persist_state="session", width=110)
        st.segmented_control("Numbers", NUMBERS, key=_NUMBERS.widget_key(), required=True, persist_state="session")
    return (None if truth == ANY else int(truth)), (None if read == ANY else int(read))


def _matrix(counts: metrics.Counts, truth: int | None, read: int | None) -> None:
    chosen = None if truth is None or read is None else (truth, read)
    shares = _NUMBERS.get() != NUMBERS[0]
    with st.container(key="matrix"):
        live_view.show(messages.matrix(counts, shares=shares, chosen=chosen), key="matrix_view", on_pick=_choose_cell)
    st.caption(
        "Margins in %: recall, how many of a digit are found; precision, how many of those read as it are it. Tap a "
        "cell to see its images, beside the matrix or, on a phone, below it."
    )


def accuracy_says(right: NDArray[np.bool_]) -> str:
    """Accuracy, what its interval is an interval for, and how the halves of the set differ; `right` is `(n,)`."""
    found, of, half = int(right.sum()), len(right), len(right) // 2
    low, high = metrics.wilson(found, of)
    first, last = right[:half], right[half:]
    words = (
        f"{of - found:,} of {of:,} are misread: accuracy {percent(found / of)}. Were they drawn at random from all "
        f"digits of their kind, then Wilson's 95 % interval for the accuracy on **all of that kind** goes from "
        f"{percent(low)} to {percent(high)}; about 95 of 100 such draws give an interval that holds it. Where another "
        f"{of:,} digits would come out, it does not say. Of the first {half:,} the model reads "
        f"{percent(first.mean())} right, of the last {of - half:,} {percent(last.mean())}"
    )
    least, most = metrics.central_interval(found, of, half)
    if least <= first.sum() <= most:
        return f"{words}."
    return f"{words}: further apart than 19 of 20 random halves, so chance alone hardly made them differ."


def _choose_cell(cell: list[int]) -> None:
    _TRUTH.set(str(int(cell[0])))
    _READ_AS.set(str(int(cell[1])))


def _behind(reader: Reader, truth: int | None, read: int | None) -> None:
    test, probabilities = dataset.load_test(), resources.readings(reader.parameters)
    indices = misread.select(probabilities, test.labels, truth, read)
    shown = indices[:MOST_SHOWN]
    st.markdown(f"**{_what(len(indices), truth, read)}**")
    if len(indices) > len(shown):
        st.caption(f"The {len(shown)} surest of them.")
    labels = [
        f"{test.labels[i]}→{probabilities[i].argmax()} {probability(float(probabilities[i].max()), 0)}" for i in shown
    ]
    digit_grid.of_test_digits("behind", shown, labels, least=64)
    if truth is not None and read is not None and truth != read:
        _why_confused(reader, truth, read)


def _what(count: int, truth: int | None, read: int | None) -> str:
    digits = counted(count, "digit") if truth is None else of_digit(count, truth)
    if truth is not None and truth == read:
        return f"{digits} read right, surest first"
    wrongly = "wrongly " if truth is None and read is not None else ""
    return f"{digits} {wrongly}read as {'another digit' if read is None else read}, surest first"


def _why_confused(reader: Reader, truth: int, read: int) -> None:
    if reader.plan.model == "mlp":
        st.caption("An MLP has no one image for a digit to compare: its digits listen to hidden units.")
        return
    weights = reader.parameters[0].weights
    images = np.stack([weights[:, read], weights[:, truth], weights[:, read] - weights[:, truth]])
    live_view.show(
        messages.pictures(
            images,
            [f"weights of {read}", f"weights of {truth}", f"{read} less {truth}"],
            caption=f"Ink where the third is red turns {a_digit(truth)} into {a_digit(read)}.",
            alt=f"Weights of {read} and of {truth}, and their difference.",
            words=messages.OF_DIGITS,
        ),
        key="confused",
    )
