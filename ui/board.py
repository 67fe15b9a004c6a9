"""The Train page's board: numbers, curves, weights and the wall, live as a film while a run is under way."""

import streamlit as st

from mnist_core import figures, film, series
from mnist_core.film import Frame
from mnist_core.metrics import Score
from mnist_core.run import KNOWS_NOTHING, accuracy, overshoot
from ui import live_view, resources, session
from ui.live_view import messages
from ui.session import Desk

TICK = 0.4  # seconds; shorter starves the page, longer shows
CURVES_HEIGHT = 388
WEIGHTS_HEIGHT = 240
PLOTLY = {"displayModeBar": False, "responsive": True}


def draw() -> None:
    """Draw the board; while a chunk is on its way, again at each tick."""
    st.fragment(run_every=TICK if session.desk().active else None)(_tick)()


def _tick() -> None:
    was_active = session.desk().active
    desk = session.take_chunk()
    with st.container(horizontal=True, gap="large", key="numbers"):
        _numbers(desk)
    _progress(desk)
    left, right = st.columns([1, 1], gap="medium")
    with left, st.container(key="curves"):
        _curves(desk)
    with right:
        with st.container(key="weights"):
            _weights(desk)
        _status(desk)
    live_view.wall(messages.wall(desk.reel, _frames(desk), resources.wall(), resources.wall_picture()), key="wall")
    if was_active and not desk.active:
        st.rerun()  # the ticking stops with the run, and the buttons change


def _frames(desk: Desk) -> tuple[Frame, ...]:
    return desk.frames or (desk.run.latest,)


def _score(desk: Desk) -> Score:
    test = desk.run.latest.test
    assert test is not None, "the latest kept frame is scored"
    return test


def _numbers(desk: Desk) -> None:
    score, run = _score(desk), desk.run
    with st.container(key="test_accuracy", width="content"):
        st.metric("Test accuracy", f"{score.accuracy:.1%}".replace("%", " %"))
    with st.container(key="train_loss", width="content"):
        whole, losses = run.log.evaluations, run.log.batch_losses
        if whole and whole[-1].step == run.state.step:
            st.metric("Training loss, all images", f"{whole[-1].train_loss:.3f}")
        elif len(losses):
            st.metric("Training loss, last batch", f"{losses[-1]:.3f}")
        else:
            st.metric("Training loss", f"{KNOWS_NOTHING:.3f}")
    with st.container(key="misread", width="content"):
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
        pictures = sum(step > run.state.step for step in film.kept_steps(run.plan.steps))
        seconds = max(seconds, pictures * TICK / film.PICTURES)
    return f"{seconds:.0f} s left" if seconds < 90 else f"{seconds / 60:.0f} min left"


def _curves(desk: Desk) -> None:
    log = session.log_axis()
    charts = series.charts(desk.run, desk.earlier, log=log)
    if desk.ended or desk.run.state.step == 0 and not desk.active:
        stops = messages.step_ticks(desk.run.plan.steps, log)
        st.plotly_chart(
            figures.curves(charts, stops=stops, log=log, height=CURVES_HEIGHT), key=f"curves_{desk.reel}", config=PLOTLY
        )
    else:
        live_view.curves(
            messages.curves(desk.reel, _frames(desk), charts, last=desk.run.plan.steps, log=log), key="curves_film"
        )


def _weights(desk: Desk) -> None:
    if desk.ended or desk.run.state.step == 0 and not desk.active:
        weights = desk.run.state.layers[0].weights
        st.plotly_chart(
            figures.weight_images(weights, height=WEIGHTS_HEIGHT), key=f"weights_{desk.reel}", config=PLOTLY
        )
    else:
        live_view.tiles(messages.weights(desk.reel, _frames(desk)), key="weights_film")


def _status(desk: Desk) -> None:
    """What is to be said of the run, where the eye is: beside the curves, under the weights."""
    warning = overshoot(desk.run)
    if desk.problem:
        st.error(desk.problem, icon=":material/error:")
    elif warning:
        rate = desk.run.plan.learning_rate
        with st.container(key="overshoot"):
            st.warning(
                f"**A learning rate of {rate:g} overshoots.** In {warning.above:,} of {warning.steps:,} steps the "
                f"training loss was above {KNOWS_NOTHING:.2f}, that of a model that knows nothing; at worst it was "
                f"{warning.highest_loss:,.1f}. Test accuracy jumps between {warning.lowest_accuracy:.1%} and "
                f"{warning.highest_accuracy:.1%}. Best weights seen: {accuracy(warning.best):.1%} at step "
                f"{warning.best.state.step:,}.",
                icon=":material/warning:",
            )
            with st.container(horizontal=True):
                st.button("Back to the best weights", key="best", on_click=session.go_back_to_best)
                st.button(
                    f"Train at {rate / 10:g}",
                    key="tenth",
                    on_click=session.train_with,
                    args=("learning_rate", rate / 10),
                )
    elif desk.run.state.step == 0:
        st.markdown(
            f"**Before the first step every weight is zero**, so each digit gets a score of 0 and a probability of "
            f"10 %. On a tie the model says 0, and {round(_score(desk).accuracy * 10_000):,} of the 10,000 test digits "
            f"are zeros: that is why it scores {_score(desk).accuracy:.1%} without having learned anything."
        )
