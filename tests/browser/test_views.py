"""Each view of the live view in a real browser, without a server: what it draws, what it tells, and what it keeps."""

import json

import numpy as np
import pytest
from playwright.sync_api import Browser, Page, expect

from mnist_core import metrics, model, training
from mnist_core.charts import run_charts
from mnist_core.dataset import load_test
from mnist_core.formatting import percent, probability
from mnist_core.plan import Plan
from mnist_core.training.chunk import Snapshot, train_chunk
from mnist_core.training.run import Run, begin, extend
from tests.browser.views import open_stage, tell
from ui.live_view import messages
from ui.live_view.bundle import FOLDER
from ui.live_view.scrubber import scrubber

PIXELS = """(canvas) => {
  const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + 7 * data[i + 2]) | 0;
  return sum;
}"""


@pytest.fixture(scope="module")
def run() -> Run:
    plan = Plan(train_size=500, steps=20)
    begun = begin(plan, metrics.evaluate(model.zeros(), load_test()))
    return extend(begun, train_chunk(begun.position, 20, seconds=60, most_states=None))


@pytest.fixture(scope="module")
def stage(browser: Browser):
    tab = browser.new_page(viewport={"width": 700, "height": 700})
    yield tab
    tab.close()


def picture(page: Page, canvas: str = "canvas") -> int:
    return page.locator(canvas).first.evaluate(PIXELS)


def until_step(page: Page, step: int) -> None:
    expect(page.locator(".lab-view")).to_have_attribute("data-step", str(step))


def test_a_stream_is_played_frame_by_frame(stage: Page, run: Run):
    open_stage(stage, "tiles")
    stage.evaluate("""() => {
      window.steps = [];
      new MutationObserver(() => steps.push(document.querySelector('.lab-view').dataset.step))
        .observe(document.querySelector('.lab-view'), { attributeFilter: ['data-step'] });
    }""")
    tell(stage, messages.weights("a", run.snapshots[:4], moving=True))
    tell(stage, messages.weights("a", run.snapshots[2:8], moving=True))
    until_step(stage, run.snapshots[7].step)
    shown = [int(step) for step in stage.evaluate("window.steps")]
    shown = [
        step for step, before in zip(shown, [-1, *shown], strict=False) if step != before
    ]  # drawn again in a new size
    assert shown == [frame.step for frame in run.snapshots[:8]], "each once, in order, whatever came twice"


def test_another_stream_begins_anew_at_an_earlier_step(stage: Page, run: Run):
    open_stage(stage, "tiles")
    tell(stage, messages.weights("a", run.snapshots[5:8], moving=True))
    until_step(stage, run.snapshots[7].step)
    tell(stage, messages.weights("b", run.snapshots[:1], moving=True))
    until_step(stage, 0)


def test_two_runs_at_one_step_show_two_pictures(stage: Page, run: Run):
    """The same step of another model: its own pictures and its own scale."""
    other, _ = training.advance(Plan(seed=5, learning_rate=0.1), training.start(Plan()), 20)
    open_stage(stage, "tiles")
    tell(stage, messages.weights("one", (run.state,), moving=False))
    until_step(stage, 20)
    before, scale = picture(stage), stage.locator(".most").inner_text()
    tell(stage, messages.weights("other", (other,), moving=False))
    expect(stage.locator(".most")).not_to_have_text(scale)
    assert picture(stage) != before


def test_still_pictures_are_shown_at_once_and_again(stage: Page):
    open_stage(stage, "tiles")
    images = np.zeros((2, 784), np.float32)
    images[0] = 1
    pictures = []
    for sheet in (images, images[::-1], images):
        tell(
            stage,
            messages.pictures(np.ascontiguousarray(sheet), ["a", "b"], caption="two", alt="", words=messages.VOTES),
        )
        pictures.append(picture(stage))
    assert pictures[0] == pictures[2] != pictures[1]
    expect(stage.locator(".caption")).to_have_text("two")


@pytest.mark.parametrize("moving", [True, False])
def test_a_pixel_tells_its_weight(stage: Page, run: Run, moving: bool):
    open_stage(stage, "tiles")
    tell(stage, messages.weights("a", run.snapshots[-1:], moving=moving))
    until_step(stage, 20)
    canvas = stage.locator("canvas")
    size = int(canvas.get_attribute("data-size") or 0)
    place = {"x": size + 6 + size * 14.5 / 28, "y": 16 + size * 12.5 / 28}
    weights = run.state.parameters[0].weights
    for ask in (canvas.hover, canvas.click):
        stage.mouse.move(690, 690)
        expect(stage.locator(".tip")).to_be_hidden()
        ask(position=place)
        expect(stage.locator(".tip")).to_contain_text("digit 1, row 12, column 14")
        told = float(stage.locator(".tip b").inner_text().removeprefix("weight ").replace("\N{MINUS SIGN}", "-"))
        assert told == pytest.approx(
            weights[12 * 28 + 14, 1], abs=float(np.abs(weights).max()) / 250 if moving else 6e-4
        )


def test_curves_tell_their_values_at_a_pointer_and_at_a_tap(stage: Page, run: Run):
    open_stage(stage, "curves")
    charts = run_charts.charts(run, [], log=False)
    tell(stage, messages.curves("a", run.snapshots, charts, last=20, log=False))
    until_step(stage, 20)
    scores = dict(run.scores)
    for chart, ask in ((0, "hover"), (1, "click")):
        stage.mouse.move(690, 690)
        canvas = stage.locator("canvas").nth(chart)
        width = canvas.evaluate("canvas => canvas.clientWidth")
        getattr(canvas, ask)(position={"x": 44 + (width - 68) * 12 / 20, "y": 100})
        tip = stage.locator(".tip").nth(chart)
        expect(tip).to_contain_text("step 12")
        expect(tip).to_contain_text(f"test set: {scores[12].loss:.3f}")
        expect(tip).to_contain_text(f"each batch: {run.log.batch_losses[12]:.3f}")
        expect(tip).to_contain_text(f"test set: {percent(scores[12].accuracy)}")


def test_curves_tell_nothing_that_has_not_been_reached(stage: Page, run: Run):
    open_stage(stage, "curves")
    charts = run_charts.charts(run, [], log=False)
    tell(stage, messages.curves("a", run.snapshots[:6], charts, last=20, log=False))
    until_step(stage, run.snapshots[5].step)
    canvas = stage.locator("canvas").first
    canvas.hover(position={"x": canvas.evaluate("canvas => canvas.clientWidth") - 30, "y": 100})
    expect(stage.locator(".tip").first).to_contain_text(f"step {run.snapshots[5].step}")


@pytest.mark.parametrize("dark", [False, True])
def test_curves_have_the_colours_of_the_page(stage: Page, run: Run, dark: bool):
    open_stage(stage, "curves", dark=dark)
    tell(stage, messages.curves("a", run.snapshots, run_charts.charts(run, [], log=True), last=20, log=True))
    until_step(stage, 20)
    colours = stage.locator(".legend b").evaluate_all("all => all.map(each => getComputedStyle(each).color)")
    r, g, b = (int(run_charts.STYLES["test"][0][dark][at : at + 2], 16) for at in (1, 3, 5))
    assert colours[0] == f"rgb({r}, {g}, {b})"


def test_the_wall_frames_what_is_misread(stage: Page, run: Run):
    digits = load_test()[:100]
    open_stage(stage, "wall")
    tell(stage, messages.wall("a", run.snapshots[-1:], digits, b"no picture", 10))
    wrong = int((model.predict(run.state.parameters, digits.images) != digits.labels).sum())
    expect(stage.locator(".wall")).to_have_attribute("data-wrong", str(wrong))
    expect(stage.locator(".caption")).to_contain_text(f"{wrong} of these 100 are misread")


def test_a_cell_of_the_matrix_tells_python(stage: Page):
    counts = np.diag(np.arange(10, 20))
    counts[4, 9] = 3
    open_stage(stage, "matrix")
    tell(stage, messages.matrix(counts, shares=False, chosen=(4, 9)))
    cell = stage.locator('button[data-truth="4"][data-read="9"]')
    expect(cell).to_have_text("3")
    expect(cell).to_have_attribute("aria-pressed", "true")
    cell.click()
    assert stage.evaluate("window.told.pop()") == ["picked", [4, 9]]


def test_a_picture_that_can_be_tapped_tells_python(stage: Page):
    open_stage(stage, "tiles")
    images = np.zeros((3, 784), np.float32)
    tell(stage, messages.pictures(images, ["a", "b", "c"], caption="", alt="", picks=True))
    size = int(stage.locator("canvas").get_attribute("data-size") or 0)
    stage.locator("canvas").click(position={"x": 1.5 * size, "y": 40})
    assert stage.evaluate("window.told.pop()") == ["picked", 1]


def test_bars_mark_the_largest(stage: Page):
    open_stage(stage, "bars")
    shares = np.array([0.0004, 0.9996, *[0] * 8])
    tell(stage, messages.bars(shares))
    expect(stage.locator(".row").nth(1)).to_have_class("row chosen")
    expect(stage.locator(".row").nth(1)).to_contain_text("> 99.9 %")
    tell(stage, messages.bars(np.eye(10)[3]))
    expect(stage.locator(".row").nth(3)).to_contain_text("100.0 %")


def test_the_scrubber_keeps_its_place_in_the_same_run(stage: Page, run: Run):
    def told(name: str, count: int):
        return scrubber(name, run.snapshots[:count], columns=5, stops=(0, 5))

    open_stage(stage, "scrubber")
    tell(stage, told("one", 10))
    until_step(stage, run.snapshots[9].step)
    stage.locator(".stops button").nth(1).click()
    until_step(stage, 5)
    tell(stage, told("one", 12))
    until_step(stage, 5)
    frame = next(frame for frame in run.snapshots if frame.step == 5)
    expect(stage.locator(".figures")).to_contain_text(f"After step 5: test accuracy {percent(frame.score.accuracy)}")
    tell(stage, told("other", 12))
    until_step(stage, run.snapshots[11].step)


def test_strength_of_the_scrubbers_diagonal_is_of_its_own_row(stage: Page, run: Run):
    """Half of ten digits read right is as strong as half of a thousand."""
    counts = np.zeros((10, 10), np.int64)
    counts[0, :2], counts[5, 5:7] = (5, 5), (500, 500)
    open_stage(stage, "scrubber")
    tell(
        stage,
        scrubber(
            "a", (Snapshot(run.state.step, run.state.parameters, metrics.Score(1.0, counts)),), columns=5, stops=()
        ),
    )
    until_step(stage, 20)
    shades = stage.locator("canvas.confusion").evaluate(
        """canvas => [0, 5].map(digit => { const size = canvas.width / 11, at = (digit + 1) * size + 3;
          return [...canvas.getContext('2d').getImageData(at, at, 1, 1).data]; })"""
    )
    assert shades[0] == shades[1] and shades[0][3] > 0


def test_percent_is_rounded_alike_in_python_and_javascript(stage: Page):
    stage.set_content("")
    shares = [k / 10_000 for k in range(10_001)] + np.random.default_rng(0).random(2_000).tolist()
    source = (FOLDER / "formatting.js").read_text(encoding="utf-8").replace("export ", "")
    for name, python in (("percent", percent), ("probability", probability)):
        told = stage.evaluate(f"(shares) => {{ {source}; return shares.map({name}); }}", json.loads(json.dumps(shares)))
        assert told == [python(share) for share in shares]
    assert percent(0.6725) == "67.3 %"


def test_numbers_rows_and_histograms_are_drawn(stage: Page):
    test = load_test()
    open_stage(stage, "numbers", width=650)
    tell(stage, messages.numbers(test.images[0]))
    expect(stage.locator(".numbers")).to_have_attribute("data-sum", str(int(test.images[0].sum())))
    open_stage(stage, "flat")
    tell(stage, messages.flat(test[:50], 7))
    expect(stage.locator(".caption")).to_have_text(f"Row 0: image 7, a {test.labels[0]}.")
    open_stage(stage, "histogram")
    tell(stage, messages.histogram(np.linspace(0.3, 0.5, 40), [(0.4, "here")], caption="forty"))
    expect(stage.locator(".histogram")).to_have_attribute("data-count", "40")
