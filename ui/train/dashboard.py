"""The Train page's board: numbers, curves, weights and the wall, live while a run is under way."""

import streamlit as st

from mnist_core.charts import run_charts
from mnist_core.fields import LEARNING_RATE_RANGE
from mnist_core.formatting import as_text, counted, percent, short
from mnist_core.training import State
from mnist_core.training.chunk import CHUNK_STATES, shown_steps
from mnist_core.training.overshoot import CHANCE_LOSS, FIRST_STEPS, Overshoot, overshoot
from mnist_core.training.run import Run
from ui import browser, current_run, display, draft, live_view, resources
from ui.live_view import messages
from ui.run_control import Phase, RunControl

TICK = 0.4  # seconds; shorter starves the page, longer shows
METRIC = 168  # pixels: two beside each other on a phone


def draw(*, wall: bool = True) -> None:
    """Draw the board; while a chunk is on its way, again at each tick."""
    ticking = current_run.control().running
    st.fragment(run_every=TICK if ticking else None)(_tick)(ticking, wall)


def _tick(ticking: bool, wall: bool) -> None:
    control = current_run.take_chunk()
    with st.container(horizontal=True, gap="small", key="numbers"):
        _numbers(control)
    _progress(control)
    if browser.on_phone():  # one below the other: first what is to be said, then the weights, the point of it all
        _status(control)
        right, left = st.columns([1, 1], gap="medium")
    else:
        left, right = st.columns([1, 1], gap="medium")
    with left, st.container(key="curves"):
        _curves(control)
    with right:
        with st.container(key="weights"):
            _weights(control)
        if not browser.on_phone():
            _status(control)
    if wall:
        digits, png = resources.wall(), resources.wall_picture()
        message = messages.wall(_stream(control), _frames(control), digits, png, resources.WALL_COLUMNS)
        live_view.show(message, key="wall")
    if ticking != control.running:
        st.rerun()  # the ticking ends with the run, and the buttons change


def _frames(control: RunControl) -> tuple[State, ...]:
    """What to play: the newest chunk's frames while more are on their way or have just come, else the last one."""
    return control.frames or (control.run.state,)


def _stream(control: RunControl) -> str:
    """A name for what is shown: the plan, and how often this visit has started a run or jumped in one."""
    return f"{control.streams_begun} {control.run.plan.to_text()}"


def _numbers(control: RunControl) -> None:
    score, run = control.run.state.score, control.run
    with st.container(key="test_accuracy", width=METRIC):
        st.metric("Test accuracy", percent(score.accuracy))
    with st.container(key="train_loss", width=METRIC):
        whole, losses = run.log.evaluations, run.log.batch_losses
        if whole and whole[-1].step == run.state.step:
            st.metric("Training loss, all images", f"{whole[-1].training.loss:.3f}")
        elif len(losses):
            st.metric("Training loss, last batch", f"{losses[-1]:.3f}")
        else:
            st.metric("Loss before training", f"{score.loss:.3f}")
    with st.container(key="misread", width=METRIC):
        st.metric("Misread, of 10,000", f"{round((1 - score.accuracy) * 10_000):,}")


def _progress(control: RunControl) -> None:
    run = control.run
    done = run.state.step / run.plan.steps if run.plan.steps else 1.0
    words = f"Step {run.state.step:,} of {run.plan.steps:,} · {run.images_seen:,} images seen"
    match control.phase:
        case Phase.RUNNING:
            words += f" · {_time_left(control)}"
        case Phase.FINISHED:
            words += " · done"
        case Phase.STOPPED | Phase.PAUSED as halted:
            words += f" · {halted.value}"
    with st.container(key="progress"):
        st.progress(done, words)


def _time_left(control: RunControl) -> str:
    """An estimate from the time of a step, and from the pace of slow motion where that is slower."""
    run = control.run
    if not run.step_seconds:
        return "TensorFlow is starting, a few seconds"
    seconds = (run.plan.steps - run.state.step) * run.step_seconds
    if display.paced():
        pictures = sum(step > run.state.step for step in shown_steps(run.plan, run.stops))
        seconds = max(seconds, pictures * TICK / CHUNK_STATES)
    return f"{seconds:.0f} s left" if seconds < 90 else f"{seconds / 60:.0f} min left"


def _curves(control: RunControl) -> None:
    log = display.log_axis()
    charts = run_charts.charts(control.run, control.earlier, log=log)
    message = messages.curves(_stream(control), _frames(control), charts, last=control.run.plan.steps, log=log)
    live_view.show(message, key="curves_view")
    if control.earlier:
        st.caption(f"Grey, on the test set: {run_charts.legend_of_earlier(control.earlier, control.run.plan)}.")


def _weights(control: RunControl) -> None:
    live_view.show(messages.weights(_stream(control), _frames(control), moving=control.running), key="weights_view")


def _status(control: RunControl) -> None:
    """What is to be said of the run, where the eye is: beside the curves, under the weights."""
    warning = overshoot(control.run)
    if control.problem:
        st.error(as_text(control.problem), icon=":material/error:")
    elif warning:
        _overshoot(warning, control.run)
    elif control.run.plan != draft.plan() and not control.running:
        st.info("The settings have changed. **Train** begins a new run with them; this one keeps its own.")
    elif control.run.state.step == 0:
        st.markdown(_before_the_first_step(control))


def _before_the_first_step(control: RunControl) -> str:
    score = control.run.state.score
    if control.run.plan.model == "linear":
        return (
            f"**Before the first step every weight is zero**, so each digit gets a score of 0 and a probability of "
            f"10 %. On a tie the model says 0, and {round(score.accuracy * 10_000):,} of the 10,000 test digits "
            f"are zeros: that is why it scores {percent(score.accuracy)} without having learned anything."
        )
    return (
        f"**Before the first step the weights are small random numbers**, drawn from seed {control.run.plan.seed}: "
        f"were they all zero, every hidden unit would learn the same. So the model guesses, and scores "
        f"{percent(score.accuracy)}."
    )


def overshoot_says(found: Overshoot, run: Run) -> str:
    """That the learning rate is too large, in the run's own numbers."""
    means, plan = found.exceedances, run.plan
    loss = "cross-entropy of its predictions" if plan.double_softmax else "loss"
    what = f"the {loss}" if means.images == plan.images_per_step else f"the mean {loss} over {means.images} images"
    seen = (
        f"After the first {FIRST_STEPS} steps {what} was above {CHANCE_LOSS:.2f}, that of pure guessing, in "
        f"{means.above:,} of {counted(means.means, 'step')}; the worst step's was {found.highest:,.1f}, and accuracy "
        f"jumped between {percent(found.lowest_accuracy)} and {percent(found.highest_accuracy)}."
        if means.means
        else f"Step {run.log.diverged_at:,} would have left a loss or a weight that is no finite number."
    )
    return (
        f":orange[:material/warning:] **Learning rate {short(plan.learning_rate)} overshoots.** {seen} "
        f"Best: {percent(found.best.score.accuracy)}, step {found.best.step:,}."
    )


def _overshoot(found: Overshoot, run: Run) -> None:
    with st.container(key="overshoot", gap="small"):
        st.markdown(overshoot_says(found, run))
        with st.container(horizontal=True, gap="small"):
            back = st.button("Back to the best weights", key="best")
            tenth = max(run.plan.learning_rate / 10, LEARNING_RATE_RANGE[0])
            again = st.button(f"Train at {short(tenth)}", key="tenth")
    if back:
        current_run.go_back_to_best()
    if again:
        current_run.train_with("learning_rate", tenth)
    if back or again:
        st.rerun()  # the buttons and the sidebar change too
