"""Parts of the Experiments page: how many examples, how fast to learn, is the test honest."""

import numpy as np
import streamlit as st

from mnist_core import dataset, experiments, metrics, plots
from mnist_core.experiments import Rung
from mnist_core.film import Frame
from mnist_core.run import KNOWS_NOTHING
from mnist_core.sweep import Sweep, Track
from mnist_core.training import Evaluation, State
from mnist_core.words import a_digit, percent
from ui import job_view, live_view, readers, resources, session
from ui.board import PLOTLY
from ui.jobs import Job
from ui.live_view import messages

CRAWLS = 0.05  # a rate that is so far behind the best in accuracy after all its steps, and smaller, crawls


def how_many() -> None:
    """Accuracy against training size, several seeds; the weight images of each size."""
    st.markdown(
        f"How many examples does it take? {len(experiments.SIZES)} training sizes, from one image to all 55,000; "
        f"for each, {len(experiments.SEEDS)} models on different random images, {experiments.LADDER_STEPS} steps."
    )
    job_view.draw("ladder", experiments.ladder_tasks(), "Run", _ladder)


def how_fast() -> None:
    """A strip of learning rates that train at once."""
    st.markdown(
        f"{len(experiments.RATES)} learning rates from {experiments.RATES[0]:g} to {experiments.RATES[-1]:g} train "
        f"side by side, {experiments.RATE_STEPS:,} steps each, on the same images in the same order."
    )
    job_view.draw("rates", experiments.rate_tasks(), "Run", _rates)


def is_it_honest() -> None:
    """Small test sets flatter or slander; training loss and test loss part."""
    reader = readers.choose("Whose accuracy", "honest_reader")
    right = resources.readings(reader.layers).argmax(axis=1) == dataset.load_test().labels
    st.markdown(
        f"Measured on all 10,000 test digits, this model reads {percent(right.mean())} right. Had the test set been "
        f"smaller, what would it have said? {experiments.SUBSETS} random subsets of each size, a dot each."
    )
    name = f"subsets_{resources.digest(reader.layers)[:12]}"
    before = session.job(name)
    seed = 0 if before is None else before.tasks[-1].args[-1] + 1  # other subsets each time
    job_view.draw(name, experiments.subset_tasks(right, seed), "Run", _subsets)
    st.subheader("When learning turns into learning by heart", anchor=False)
    plan = experiments.PARTING
    st.markdown(
        f"A model that sees only {plan.train_size} images, all at each step, {plan.steps:,} times. Its training loss "
        "falls for ever; its test loss does not."
    )
    job_view.draw("parting", experiments.parting_tasks(), "Run", _parting)


def _subsets(job: Job) -> None:
    right = job.tasks[0].args[0]
    found = {size: np.concatenate([part[size] for part in job.results]) for size in experiments.SUBSET_SIZES}
    groups = [
        (f"{size:,} digits", values, metrics.wilson(round(float(right.mean()) * size), size))
        for size, values in found.items()
    ]
    st.plotly_chart(
        plots.dots(groups, dark=session.is_dark(), mark=float(right.mean())),
        key="subsets_chart", theme=None, config=PLOTLY,
    )  # fmt: skip
    st.caption(
        "Dotted: the accuracy on all. Grey bars: Wilson's 95 % interval of a test of that size that comes out just so."
    )
    if not job.finished:
        return
    first, hundred = float(right[:100].mean()), found[100]
    low, high = metrics.wilson(int(right[:100].sum()), 100)
    inside = float(np.mean([a <= right.mean() <= b for a, b in (metrics.wilson(round(100 * v), 100) for v in hundred)]))
    with st.container(key="honest_words"):
        st.markdown(
            f"Subsets of 100 say anything from {percent(hundred.min())} to {percent(hundred.max())}. **The first "
            f"100** test digits say {percent(first)}: more than {percent(float((hundred < first).mean()))} of the "
            f"random hundreds do. Wilson's interval for those 100 goes from {percent(low)} to {percent(high)}; of "
            f"the {len(hundred)} random hundreds, {percent(inside)} have intervals that hold the accuracy on all "
            "10,000."
        )


def _ladder(job: Job) -> None:
    rungs: list[Rung] = list(job.results)
    sizes, means = [rung.size for rung in rungs], [float(np.mean(rung.accuracies)) for rung in rungs]
    band = sizes, [min(rung.accuracies) for rung in rungs], [max(rung.accuracies) for rung in rungs]
    st.plotly_chart(
        plots.lines([("mean of the seeds", sizes, means)], across="training images", up="test accuracy",
                    dark=session.is_dark(), log=True, band=band, last=experiments.SIZES[-1]),
        key="ladder_chart", theme=None, config=PLOTLY,
    )  # fmt: skip
    st.caption("Blue band: from the worst to the best of the models of each size.")
    with st.container(key="ladder_words"):
        st.markdown(_ladder_says(rungs, means))
    if job.active:
        return
    frames = [_frame(rung) for rung in rungs]
    st.markdown("**What the first seed's model looks for, size by size**")
    live_view.scrubber(
        messages.scrubber(len(rungs), frames, columns=5, stops=(1, 10, 100, 1_000, 10_000, 55_000), pixels=None,
                          noun="training images"),
        key="ladder_scrubber",
    )  # fmt: skip


def _ladder_says(rungs: list[Rung], means: list[float]) -> str:
    words = []
    for rung in rungs:
        missing = [digit for digit, count in enumerate(rung.seen) if count == 0]
        if rung.size in (10, 20) and missing:
            words.append(f"With {rung.size} images, one model has never seen {_any_of(missing)}.")
    enough = next((rung for rung, mean in zip(rungs, means, strict=True) if mean >= 0.8), None)
    if enough:
        words.append(f"**{enough.size:,} images are enough to read four digits in five.**")
    if len(rungs) > 1:
        gain = 100 * (means[-1] - means[-2])
        words.append(f"From {rungs[-2].size:,} to {rungs[-1].size:,} images: {gain:+.1f} points in the mean.")
    return " ".join(words)


def _any_of(digits: list[int]) -> str:
    """A 7; a 5, a 6 or a 9."""
    named = [a_digit(digit) for digit in digits]
    return named[0] if len(named) == 1 else f"{', '.join(named[:-1])} or {named[-1]}"


def _frame(rung: Rung) -> Frame:
    return Frame(State(rung.size, rung.state.layers), rung.score, rung.confusion)


def _rates(job: Job) -> None:
    sweep: Sweep = job.results[-1]
    series = [
        (
            f"rate {track.plan.learning_rate:g}",
            [step for step, _ in track.scores],
            [s.accuracy for _, s in track.scores],
        )
        for track in sweep.tracks
    ]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        shown = st.multiselect(
            "Curves of", [name for name, _, _ in series], ["rate 0.0001", "rate 0.01", "rate 0.5", "rate 10"],
            key="rates_shown",
        )  # fmt: skip
        digit = st.selectbox("Weight image of", list(range(10)), 3, key="rates_digit", width=140)
    chosen = [each for each in series if each[0] in shown]
    if chosen:
        st.plotly_chart(
            plots.lines(chosen, across="step", up="test accuracy", dark=session.is_dark()),
            key="rates_chart", theme=None, config=PLOTLY,
        )  # fmt: skip
    else:
        st.info("No rate is chosen: choose one above to see its curve.", icon=":material/show_chart:")
    images = [track.state.layers[0].weights[:, digit] for track in sweep.tracks]
    scaled = np.stack([image / (np.abs(image).max() or 1) for image in images]).astype(np.float32)
    with st.container(key="rates_strip"):
        live_view.tiles(
            messages.pictures(
                scaled,
                [f"{track.plan.learning_rate:g}: {percent(track.scores[-1][1].accuracy)}" for track in sweep.tracks],
                columns=8, least=84, alt=f"Weight images of {digit}, one for each learning rate.",
                caption=f"What each model looks for in digit {digit}, each on its own scale, with its test accuracy at "
                f"step {sweep.step:,}.",
                words=messages.OF_DIGITS,
            ),
            key="rates_tiles",
        )  # fmt: skip
    with st.container(key="rates_words"):
        st.markdown(_rates_say(sweep))


def _rates_say(sweep: Sweep) -> str:
    final = {track.plan.learning_rate: track.scores[-1][1] for track in sweep.tracks}
    best = max(final, key=lambda rate: final[rate].accuracy)
    words = [f"**Best at step {sweep.step:,}: rate {best:g}, {percent(final[best].accuracy)}.**"]
    slow = [rate for rate, score in final.items() if rate < best and score.accuracy < final[best].accuracy - CRAWLS]
    if slow:
        got = final[max(slow)].accuracy
        there = next(step for step, score in _track(sweep, best).scores if score.accuracy >= got)
        words.append(
            f"Up to {max(slow):g} it **crawls**: {percent(got)} is as far as rate {best:g} had come by step {there:,}."
        )
    wild = [track for track in sweep.tracks if _overshoots(track)]
    if wild:
        worst = wild[-1]
        words.append(
            f"From {wild[0].plan.learning_rate:g} on it **overshoots**: at {worst.plan.learning_rate:g} the loss of "
            f"a batch is as high as {worst.losses.max():,.1f}, where guessing costs {KNOWS_NOTHING:.2f}. And yet it "
            f"still reads {percent(worst.scores[-1][1].accuracy)}: such steps are so long that each probability is "
            "0 or 1, so that a misread digit's pixels are simply added to its weights and taken from the wrong "
            "one's. That is the *perceptron rule* of 1958."
        )
    return " ".join(words)


def _track(sweep: Sweep, rate: float) -> Track:
    return next(track for track in sweep.tracks if track.plan.learning_rate == rate)


def _overshoots(track: Track) -> bool:
    return bool((track.losses[20:] > KNOWS_NOTHING).sum() >= 5)


def _parting(job: Job) -> None:
    found: list[tuple[State, Evaluation]] = list(job.results)
    steps = [state.step for state, _ in found]
    evaluations = [evaluation for _, evaluation in found]
    test = [evaluation.test_loss for evaluation in evaluations]
    lowest = int(np.argmin(test))
    shown = [max(step, 1) for step in steps]
    st.plotly_chart(
        plots.lines(
            [("training loss", shown, [e.train_loss for e in evaluations]), ("test loss", shown, test)],
            across="step", up="loss", dark=session.is_dark(), log=True, percent=False,
            marks=[(shown[lowest], "stop here")] if lowest < len(test) - 1 else [],
        ),
        key="parting_chart", theme=None, config=PLOTLY,
    )  # fmt: skip
    best, last = evaluations[lowest], evaluations[-1]
    with st.container(key="parting_words"):
        if lowest < len(test) - 1:
            st.markdown(
                f"**Test loss is lowest at step {steps[lowest]:,}**, {best.test_loss:.3f}; at step {steps[-1]:,} it is "
                f"{last.test_loss:.3f}, while the training loss has gone from {best.train_loss:.3f} to "
                f"{last.train_loss:.3f}. From there on the model learns its {experiments.PARTING.train_size} images by "
                "heart. To stop at the lowest is called *early stopping*."
            )
        else:
            st.markdown(f"So far both fall: at step {steps[-1]:,} test loss is {last.test_loss:.3f}.")
