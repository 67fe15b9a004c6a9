"""Parts of the Weights page: a run's frames, the difference between two models, files to take away."""

import numpy as np
import streamlit as st

from mnist_core import dataset, metrics, model
from mnist_core.charts import png
from mnist_core.dataset import SIDE
from mnist_core.formatting import number, some_of
from mnist_core.model import Parameters
from mnist_core.training import State, checkpoint
from mnist_core.training.chunk import Snapshot
from ui import live_view, model_choice, resources
from ui.live_view import messages
from ui.model_choice import Reader
from ui.one_of import one_of

STOPS = (0, 1, 10, 100, 1_000, 10_000, 100_000)
GRIDS = {"2 x 5": 5, "3 x 4": 4}
UNITS_IN_A_ROW = 8


def choose_columns(reader: Reader) -> int:
    """How many images in a row: by choice for ten digits, eight for hidden units."""
    if reader.plan.model == "mlp":
        return UNITS_IN_A_ROW
    return GRIDS[one_of("Rows x columns", list(GRIDS), key="weights_grid", default="2 x 5")]


def frames_of(reader: Reader) -> tuple[Snapshot, ...]:
    """The kept steps of a run, or the one that there is."""
    if reader.run is not None:
        return reader.run.snapshots
    score = metrics.evaluate(reader.parameters, dataset.load_test(), reader.plan.double_softmax)
    return (Snapshot(reader.state.step, reader.parameters, score),)


def name_of(reader: Reader) -> str:
    """The same as long as the run shown is the same one: its plan, and a hash of where it stands."""
    return f"{reader.plan.to_text()} {resources.digest(reader.parameters)}"


def difference(reader: Reader, columns: int) -> None:
    """Two models or two steps of a run, and the weights of the one less those of the other."""
    left, right = st.columns(2, gap="medium")
    with left:
        before = _pick("From", "from", reader, first=True)
    with right:
        after = _pick("To", "to", reader, first=False)
    if before is None or after is None:
        return
    (name, old), (other_name, new) = before, after
    if [layer.weights.shape for layer in old.parameters] != [layer.weights.shape for layer in new.parameters]:
        if len(old.parameters) != len(new.parameters):
            why = "one is linear, the other an MLP. Choose two of a kind"
        else:
            units = old.parameters[0].weights.shape[1], new.parameters[0].weights.shape[1]
            why = f"their hidden layers have {units[0]} and {units[1]} units. Choose two with the same number"
        st.warning(
            f"{name} and {other_name} cannot be compared: {why}.",
            icon=":material/warning:",
        )
        return
    if all(np.array_equal(a.weights, b.weights) for a, b in zip(old.parameters, new.parameters, strict=True)):
        st.info("These are the same weights. Choose two models, or two steps of a run, to see what changed.")
        return
    change = (new.parameters[0].weights - old.parameters[0].weights).T[: messages.MOST_IMAGES]
    with st.container(key="difference"):
        live_view.show(
            messages.pictures(
                np.ascontiguousarray(change),
                [str(number) for number in range(len(change))],
                columns=2 * columns,
                least=56,
                caption=f"{other_name} less {name}. {what_moved(old.parameters, new.parameters)}",
                alt="Difference of the weight images.",
                words=messages.DIFFERENCES,
            ),
            key="difference_view",
        )


def what_moved(old: Parameters, new: Parameters) -> str:
    """The weight that moved most between two models of one shape, in each of their layers."""
    first, *rest = model.largest_changes(old, new)
    pixel = f"row {first.source // SIDE}, column {first.source % SIDE}"
    if not rest:
        return f"The weight that moved most: digit {first.unit}, {pixel}, by {number(first.size, 3, plus=True)}."
    units = old[0].weights.shape[1]
    return (
        f"Shown: {some_of(min(units, messages.MOST_IMAGES), units, 'hidden unit')}. The weight that moved most, of all "
        f"from pixels to hidden units: unit {first.unit}, {pixel}, by {number(first.size, 3, plus=True)}; of all from "
        f"hidden units to digits: unit {rest[0].source} to digit {rest[0].unit}, by "
        f"{number(rest[0].size, 3, plus=True)}."
    )


def downloads(reader: Reader, columns: int) -> None:
    """The weights as a picture and as numbers."""
    name = f"{reader.plan.model}-step-{reader.state.step}"
    with st.container(horizontal=True):
        st.download_button(
            "Weight images as PNG",
            lambda: png.weights_png(reader.parameters[0].weights, columns),
            f"{name}.png",
            "image/png",
            icon=":material/image:",
            key="png",
            on_click="ignore",
        )
        st.download_button(
            "Model as .npz",
            lambda: checkpoint.to_bytes(reader.plan, reader.state),
            f"{name}.npz",
            "application/octet-stream",
            icon=":material/download:",
            key="npz",
            on_click="ignore",
        )
    st.caption(
        "The .npz holds plan, step, weights and bias as NumPy arrays; `python -m mnist_core evaluate` reads it again."
    )


def _pick(label: str, key: str, reader: Reader, first: bool) -> tuple[str, State] | None:
    """A model from all there are, and where it has a run, a step of it; with a name."""
    names = [each.name for each in model_choice.available()]
    chosen = model_choice.named(
        model_choice.available(),
        st.selectbox(f"{label}: model", names, index=names.index(reader.name), key=f"{key}_model_{reader.name}"),
    )
    if chosen.run is None or len(chosen.run.snapshots) == 1:
        st.caption(f"After step {chosen.state.step:,}.")
        return f"{chosen.name}", chosen.state
    steps = [frame.step for frame in chosen.run.snapshots]
    step = st.select_slider(
        f"{label}: step",
        steps,
        value=steps[0] if first else steps[-1],
        format_func=lambda step: f"{step:,}",
        key=f"{key}_step_{chosen.run.plan.to_text()}_{steps[-1]}",
    )
    frame = chosen.run.at(step)
    return None if frame is None else (f"step {step:,}", frame)
