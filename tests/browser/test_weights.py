"""The Weights page in a real browser: the scrubber plays a whole run without asking the server for anything."""

import re

import pytest
from playwright.sync_api import Page, expect

from mnist_core import training
from mnist_core.plan import Plan
from mnist_core.training import run
from mnist_core.words import percent
from tests.browser import strokes
from tests.browser.server import Server, wait_for
from tests.browser.test_draw import read
from tests.browser.test_train import open_train, press, wait_until_done

# Counts the different pictures that the canvas shows, from one animation frame to the next.
WATCH = """() => {
  const seen = window.seen = { pictures: new Set(), began: 0, last: 0 };
  (function tick() {
    const canvas = document.querySelector('.scrubber canvas.weights');
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + 7 * data[i + 2]) | 0;
    if (!seen.pictures.has(sum)) (seen.last = performance.now()), (seen.began ||= seen.last), seen.pictures.add(sum);
    requestAnimationFrame(tick);
  })();
}"""


@pytest.fixture(scope="module")
def states():
    """The classic run's states at 0, 1, 10 and 1,000 steps."""
    plan, found = Plan(), {}
    state = training.start(plan)
    for step in (0, 1, 10, 1_000):
        state, _ = training.advance(plan, state, step - state.step)
        found[step] = state
    return found


def open_weights(page: Page, server: Server, plan: Plan) -> list[bytes]:
    """Train in the page and turn to its weights; the list grows with each message sent to the server."""
    sent: list[bytes] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda frame: sent.append(frame)))
    open_train(page, server, plan)
    press(page, "train")
    wait_until_done(page)
    page.get_by_role("link", name="Weights").click()
    expect(page.locator(".scrubber .play")).to_be_visible()
    return sent


def step_shown(page: Page) -> int:
    return int(page.locator(".scrubber").get_attribute("data-step") or -1)


def value_shown(page: Page) -> float | None:
    """The weight that the page tells of digit 0, row 12, column 14, once it does."""
    words = page.locator(".scrubber .value").inner_text()
    found = re.search(r"digit 0, row 12, column 14: weight ([+\u2212])([\d.]+)", words)
    return float(found[2]) * (1 if found[1] == "+" else -1) if found else None


def test_play_shows_twenty_pictures_a_second_without_the_server(server: Server, page: Page):
    plan = Plan()
    sent = open_weights(page, server, plan)
    kept = run.kept_steps(plan)
    assert len(kept) <= run.SHOWN + 11
    expect(page.locator(".scrubber input")).to_have_attribute("max", str(len(kept) - 1))
    page.locator(".scrubber .stops button").first.click()
    wait_for(lambda: step_shown(page) == 0, 5)
    page.wait_for_function("() => new Promise(done => setTimeout(() => done(true), 500))")  # messages under way arrive
    before = len(sent)
    page.evaluate(WATCH)
    page.locator(".scrubber .play").click()
    wait_for(lambda: step_shown(page) == 1_000, 30)
    seen = page.evaluate("() => ({ pictures: seen.pictures.size, seconds: (seen.last - seen.began) / 1000 })")
    print(f"scrubber: {seen}, {len(kept)} steps kept")
    assert len(sent) == before
    assert seen["pictures"] >= 0.95 * len(kept)
    assert seen["pictures"] / seen["seconds"] >= 20


def test_stops_slider_and_values_are_those_of_the_run(server: Server, page: Page, states):
    open_weights(page, server, Plan())
    page.mouse.move(0, 0)
    canvas = page.locator(".scrubber canvas.weights")
    size = int(canvas.get_attribute("data-size") or 0)
    for step in (10, 1, 1_000):
        page.locator(".scrubber .stops button").get_by_text(f"{step:,}", exact=True).click()
        wait_for(lambda step=step: step_shown(page) == step, 5)
        accuracy = percent(training.test_score(Plan(), states[step]).accuracy)
        expect(page.locator(".scrubber .figures")).to_contain_text(f"test accuracy {accuracy}")
        canvas.click(position={"x": size * 14.5 / 28, "y": 16 + size * 12.5 / 28})
        value = states[step].layers[0].weights[12 * 28 + 14, 0]
        wait_for(lambda value=value: value_shown(page) == pytest.approx(value, abs=1e-4), 5)
    page.locator(".scrubber input").press("ArrowLeft")
    wait_for(lambda: 900 < step_shown(page) < 1_000, 5)


def test_the_reading_of_the_last_drawing_moves_along(server: Server, page: Page):
    open_train(page, server, Plan(steps=300))
    press(page, "train")
    wait_until_done(page)
    page.get_by_role("link", name="Draw").click()
    expect(page.locator(".st-key-canvas canvas").last).to_be_visible()
    strokes.draw(page, strokes.DIGITS[7])
    final = read(page)
    page.get_by_role("link", name="Weights").click()
    expect(page.locator(".scrubber .drawn")).to_have_text(f"Your last drawing is read as {final}")
    page.locator(".scrubber .stops button").first.click()
    expect(page.locator(".scrubber .drawn")).to_have_text("Your last drawing is read as 0")
    expect(page.locator(".scrubber .bars")).to_contain_text("10.0 %")


def test_files_to_take_away(server: Server, page: Page, tmp_path):
    open_weights(page, server, Plan(steps=20))
    with page.expect_download() as download:
        page.locator(".st-key-npz button").click()
    path = tmp_path / "run.npz"
    download.value.save_as(path)
    from mnist_core.training import checkpoint

    plan, state = checkpoint.load(path)
    expected, _ = training.advance(Plan(steps=20), training.start(Plan(steps=20)), 20)
    assert plan == Plan(steps=20)
    assert state.layers[0].weights.tobytes() == expected.layers[0].weights.tobytes()
    with page.expect_download() as download:
        page.locator(".st-key-png button").click()
    assert download.value.path().read_bytes().startswith(b"\x89PNG")
