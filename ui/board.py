"""The Train page's board: numbers, curves, weights and the wall, live as a film while a run is under way."""

import streamlit as st

from mnist_core.charts import run_charts
from mnist_core.fields import LEARNING_RATE_RANGE
from mnist_core.plan import Plan
from mnist_core.training import State
from mnist_core.training.chunk import CHUNK_STATES, shown_steps
from mnist_core.training.overshoot import CHANCE_LOSS, FIRST_STEPS, Overshoot, overshoot
from mnist_core.words import counted, percent
from ui import live_view, resources, session
from ui.desk import Desk
from ui.live_view import messages

TICK = 0.4  # seconds; shorter starves the page, longer shows
METRIC = 168  # pixels: two beside each other on a phone


def draw(*, wall: bool = True) -> None:
    """Draw the board; while a chunk is on its way, again at each tick."""
    ticking = session.desk().active
    st.fragment(run_every=TICK if ticking else None)(_tick)(ticking, wall)


def _tick(ticking: bool, wall: bool) -> None:
    desk = session.take_chunk()
    with st.container(horizontal=True, gap="small", key="numbers"):
        _numbers(desk)
    _progress(desk)
    if session.on_phone():  # one below the other: first what is to be said, then the weights, the point of it all
        _status(desk)
        right, left = st.columns([1, 1], gap="medium")
    else:
        left, right = st.columns([1, 1], gap="medium")
    with left, st.container(key="curves"):
        _curves(desk)
    with right:
        with st.container(key="weights"):
            _weights(desk)
        if not session.on_phone():
            _status(desk)
    if wall:
        digits, png = resources.wall(), resources.wall_picture()
        message = messages.wall(_stream(desk), _frames(desk), digits, png, resources.WALL_COLUMNS)
        live_view.show(message, key="wall")
    if ticking != desk.active:
        st.rerun()  # the ticking ends with the run, and the buttons change


def _frames(desk: Desk) -> tuple[State, ...]:
    """What to play: the newest chunk's frames while more are on their way or have just come, else the last one."""
    return desk.frames or (desk.run.state,)


def _stream(desk: Desk) -> str:
    """A name for what is shown: the plan, and how often this visit has started a run or jumped in one."""
    return f"{desk.reel} {desk.run.plan.to_text()}"


def _numbers(desk: Desk) -> None:
    score, run = desk.run.state.score, desk.run
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


def _progress(desk: Desk) -> None:
    run = desk.run
    done = run.state.step / run.plan.steps if run.plan.steps else 1.0
    words = f"Step {run.state.step:,} of {run.plan.steps:,} · {run.images_seen:,} images seen"
    if desk.active:
        words += f" · {_time_left(desk)}"
    elif run.finished:
        words += " · done"
    elif run.state.step:
        words += " · stopped" if desk.stopped else " · paused"
    with st.container(key="progress"):
        st.progress(done, words)


def _time_left(desk: Desk) -> str:
    """An estimate from the time of a step, and from the pace of the film where that is slower."""
    run = desk.run
    if not run.step_seconds:
        return "TensorFlow is starting, a few seconds"
    seconds = (run.plan.steps - run.state.step) * run.step_seconds
    if session.paced():
        pictures = sum(step > run.state.step for step in shown_steps(run.plan, run.stops))
        seconds = max(seconds, pictures * TICK / CHUNK_STATES)
    return f"{seconds:.0f} s left" if seconds < 90 else f"{seconds / 60:.0f} min left"


def _curves(desk: Desk) -> None:
    log = session.log_axis()
    charts = run_charts.charts(desk.run, desk.earlier, log=log)
    live_view.show(
        messages.curves(_stream(desk), _frames(desk), charts, last=desk.run.plan.steps, log=log), key="curves_view"
    )
    if desk.earlier:
        st.caption(f"Grey, on the test set: {run_charts.legend_of_earlier(desk.earlier, desk.run.plan)}.")


def _weights(desk: Desk) -> None:
    live_view.show(messages.weights(_stream(desk), _frames(desk), moving=desk.active), key="weights_view")


def _status(desk: Desk) -> None:
    """What is to be said of the run, where the eye is: beside the curves, under the weights."""
    warning = overshoot(desk.run)
    if desk.problem:
        st.error(desk.problem, icon=":material/error:")
    elif warning:
        _overshoot(warning, desk.run.plan)
    elif desk.run.plan != session.plan() and not desk.active:
        st.info("The settings have changed. **Train** begins a new run with them; this one keeps its own.")
    elif desk.run.state.step == 0:
        st.markdown(_before_the_first_step(desk))


def _before_the_first_step(desk: Desk) -> str:
    score = desk.run.state.score
    if desk.run.plan.model == "linear":
        return (
            f"**Before the first step every weight is zero**, so each digit gets a score of 0 and a probability of "
            f"10 %. On a tie the model says 0, and {round(score.accuracy * 10_000):,} of the 10,000 test digits "
            f"are zeros: that is why it scores {percent(score.accuracy)} without having learned anything."
        )
    return (
        f"**Before the first step the weights are small random numbers**, drawn from seed {desk.run.plan.seed}: were "
        f"they all zero, every hidden unit would learn the same. So the model guesses, and scores "
        f"{percent(score.accuracy)}."
    )


def _overshoot(found: Overshoot, plan: Plan) -> None:
    means, rate = found.exceedances, plan.learning_rate
    loss = "cross-entropy of its predictions" if plan.double_softmax else "loss"
    what = f"the {loss}" if means.images == plan.images_per_step else f"the mean {loss} over {means.images} images"
    with st.container(key="overshoot", gap="small"):
        st.markdown(
            f":orange[:material/warning:] **Learning rate {rate:g} overshoots.** After the first {FIRST_STEPS} steps "
            f"{what} was above {CHANCE_LOSS:.2f}, that of pure guessing, in {means.above:,} of "
            f"{counted(means.means, 'step')}; the worst step's was {found.highest:,.1f}, and accuracy jumped "
            f"between {percent(found.lowest_accuracy)} and {percent(found.highest_accuracy)}. "
            f"Best: {percent(found.best.score.accuracy)}, step {found.best.step:,}."
        )
        with st.container(horizontal=True, gap="small"):
            back = st.button("Back to the best weights", key="best")
            tenth = max(rate / 10, LEARNING_RATE_RANGE[0])
            again = st.button(f"Train at {tenth:g}", key="tenth")
    if back:
        session.go_back_to_best()
    if again:
        session.train_with("learning_rate", tenth)
    if back or again:
        st.rerun()  # the buttons and the sidebar change too
