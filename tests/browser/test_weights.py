"""The Weights page in a real browser: the scrubber plays a whole run without asking the server for anything."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from mnist_core import training
from mnist_core.formatting import percent
from mnist_core.plan import Plan
from mnist_core.training import checkpoint, run
from tests.browser import strokes
from tests.browser.server import Server, wait_for
from tests.browser.test_draw import read
from tests.browser.train import open_train, press, wait_until_done
from tests.browser.watch import SCRUBBED


@pytest.fixture(scope="module")
def states():
    """The classic run's states at 0, 1, 10 and 1,000 steps."""
    plan, found = Plan(), {}
    state = training.start(plan)
    for step in (0, 1, 10, 1_000):
        state, _ = training.advance(plan, state, step - state.step)
        found[step] = state
    return found


@dataclass
class Visit:
    """A tab that has trained the classic run, and each message that it has sent to the server."""

    page: Page
    sent: list[bytes]


@pytest.fixture(scope="module")
def visit(server: Server, browser: Browser) -> Iterator[Visit]:
    """One visit for the whole file, turned to the Weights page."""
    tab, sent = browser.new_page(viewport={"width": 1280, "height": 720}, accept_downloads=True), list[bytes]()
    tab.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_train(tab, server, Plan())
    press(tab, "train")
    wait_until_done(tab)
    open_weights(tab)
    yield Visit(tab, sent)
    tab.close()


def open_weights(page: Page) -> None:
    page.get_by_role("link", name="Weights").click()
    expect(page.locator(".scrubber .play")).to_be_visible()


def step_shown(page: Page) -> int:
    return int(page.locator(".scrubber").get_attribute("data-step") or -1)


def value_shown(page: Page) -> float | None:
    """The weight that the page tells of digit 0, row 12, column 14, once it does."""
    words = page.locator(".scrubber .value").inner_text()
    found = re.search(r"digit 0, row 12, column 14: weight ([+\u2212])([\d.]+)", words)
    return float(found[2]) * (1 if found[1] == "+" else -1) if found else None


def test_play_shows_every_kept_step_without_the_server(visit: Visit):
    page, kept = visit.page, run.kept_steps(Plan())
    assert len(kept) <= run.SHOWN + 11
    expect(page.locator(".scrubber input")).to_have_attribute("max", str(len(kept) - 1))
    page.locator(".scrubber .stops button").first.click()
    wait_for(lambda: step_shown(page) == 0, 5)
    page.wait_for_load_state("networkidle")  # what is under way arrives
    before = len(visit.sent)
    page.evaluate(SCRUBBED)
    page.locator(".scrubber .play").click()
    wait_for(lambda: step_shown(page) == 1_000, 30)
    assert len(visit.sent) == before
    assert page.evaluate("() => seen.pictures.size") >= 0.95 * len(kept)


def test_stops_slider_and_values_are_those_of_the_run(visit: Visit, states):
    page = visit.page
    page.mouse.move(0, 0)
    canvas = page.locator(".scrubber canvas.weights")
    size = int(canvas.get_attribute("data-size") or 0)
    for step in (10, 1, 1_000):
        page.locator(".scrubber .stops button").get_by_text(f"{step:,}", exact=True).click()
        wait_for(lambda step=step: step_shown(page) == step, 5)
        accuracy = percent(training.test_score(Plan(), states[step]).accuracy)
        expect(page.locator(".scrubber .figures")).to_contain_text(f"test accuracy {accuracy}")
        canvas.click(position={"x": size * 14.5 / 28, "y": 16 + size * 12.5 / 28})
        value = states[step].parameters[0].weights[12 * 28 + 14, 0]
        wait_for(lambda value=value: value_shown(page) == pytest.approx(value, abs=1e-4), 5)
    page.locator(".scrubber input").press("ArrowLeft")
    wait_for(lambda: 900 < step_shown(page) < 1_000, 5)


def test_files_to_take_away(visit: Visit, states, tmp_path):
    page = visit.page
    with page.expect_download() as download:
        page.locator(".st-key-npz button").click()
    path = tmp_path / "run.npz"
    download.value.save_as(path)
    plan, state = checkpoint.load(path)
    assert plan == Plan()
    assert state.parameters[0].weights.tobytes() == states[1_000].parameters[0].weights.tobytes()
    with page.expect_download() as download:
        page.locator(".st-key-png button").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")


def test_the_reading_of_the_last_drawing_moves_along(visit: Visit):
    page = visit.page
    page.get_by_role("link", name="Draw").click()
    expect(page.locator(".st-key-canvas canvas").last).to_be_visible()
    strokes.draw(page, strokes.DIGITS[7])
    final = read(page)
    open_weights(page)
    expect(page.locator(".scrubber .drawn")).to_have_text(f"Your last drawing is read as {final}")
    page.locator(".scrubber .stops button").first.click()
    expect(page.locator(".scrubber .drawn")).to_have_text("Your last drawing is read as 0")
    expect(page.locator(".scrubber .rows")).to_contain_text("10.0 %")
