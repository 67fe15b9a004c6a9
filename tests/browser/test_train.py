"""The Train page in a real browser: the film, the buttons, and a worker that is killed."""

import re

import pytest
from playwright.sync_api import Page, expect

from mnist_core import training
from mnist_core.plan import ALL, Plan
from mnist_core.training import run
from mnist_core.words import percent
from tests.browser.server import Server, wait_for

LONG = Plan(train_size=5_500, batch_size=ALL, learning_rate=0.1, steps=1_500)

# Counts, at every animation frame, the different pictures in the weights' canvas, the steps of the curves, the nodes
# they are drawn on, and the longest time between two frames.
WATCH = """() => {
  const seen = window.seen = { pictures: new Set(), curves: new Set(), nodes: new Set(), stall: 0, began: performance.now() };
  const within = (key, name) => {
    const roots = [document.querySelector('.st-key-' + key)];
    while (roots.length) {
      const root = roots.pop(), found = root && root.querySelector(name);
      if (found) return found;
      if (root) for (const node of root.querySelectorAll('*')) if (node.shadowRoot) roots.push(node.shadowRoot);
    }
  };
  const sum = (canvas) => {
    const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
    let sum = 0;
    for (let i = 0; i < data.length; i += 4) sum = (sum * 31 + data[i] + 7 * data[i + 2]) | 0;
    return sum;
  };
  let last = performance.now();
  (function tick() {
    const now = performance.now(), tiles = within('weights', '.tiles'), curves = within('curves', '.curves');
    seen.stall = Math.max(seen.stall, now - last);
    if (tiles && tiles.dataset.step > 0) {
      if (!seen.first) seen.first = now;
      seen.last = now;
      seen.pictures.add(sum(tiles.querySelector('canvas')));
      seen.nodes.add(tiles);
    }
    if (curves && curves.dataset.step > 0) {
      seen.curves.add(curves.dataset.step);
      seen.nodes.add(curves);
      for (const canvas of curves.querySelectorAll('canvas')) seen.nodes.add(canvas);
    }
    last = performance.now();
    requestAnimationFrame(tick);
  })();
}"""
SEEN = """() => ({ pictures: seen.pictures.size, curves: seen.curves.size, nodes: seen.nodes.size, stall: seen.stall,
  seconds: (seen.last - seen.first) / 1000 })"""


def open_train(page: Page, server: Server, plan: Plan) -> None:
    """Open the page with a plan in its link, and wait until it is up: charts drawn, TensorFlow ready."""
    link = "&".join(f"{name}={value}" for name, value in plan.to_params().items())
    page.goto(f"{server.url}/?{link}")
    expect(page.locator(".st-key-curves canvas").first).to_be_visible()
    expect(page.locator(".st-key-weights canvas").first).to_be_visible()
    wait_for(
        lambda: any(worker.memory_info().rss > 300e6 and worker.cpu_percent(0.3) < 20 for worker in server.workers()),
        60,
    )


def press(page: Page, key: str) -> None:
    page.locator(f".st-key-{key} button").click()


def step_of(page: Page) -> int:
    found = re.search(r"Step ([\d,]+) of", page.locator(".st-key-progress").inner_text())
    assert found
    return int(found[1].replace(",", ""))


def accuracy_of(page: Page) -> str:
    return page.locator(".st-key-test_accuracy [data-testid=stMetricValue]").inner_text()


def wait_until_done(page: Page) -> None:
    expect(page.locator(".st-key-progress")).to_contain_text("done", timeout=90_000)


def expected_accuracy(plan: Plan) -> str:
    state, _ = training.advance(plan, training.start(plan), plan.steps)
    return percent(training.test_score(plan, state).accuracy)


def expected_best(plan: Plan) -> tuple[int, str]:
    """Step and test accuracy of the best state that a run keeps, the earliest of equals."""
    state, accuracies = training.start(plan), dict[int, float]()
    for step in run.kept_steps(plan):
        state, _ = training.advance(plan, state, step - state.step)
        accuracies[step] = training.test_score(plan, state).accuracy
    best = max(accuracies, key=lambda step: accuracies[step])
    return best, percent(accuracies[best])


def watched(server: Server, page: Page, plan: Plan) -> dict[str, float]:
    """Train with every animation frame watched."""
    open_train(page, server, plan)
    page.evaluate(WATCH)
    press(page, "train")
    expect(page.locator(".st-key-weights .tiles")).to_be_visible()
    wait_until_done(page)
    seen = page.evaluate(SEEN)
    print(f"film of {plan.to_text()}: {seen}")
    return seen


@pytest.mark.parametrize("plan", [Plan(), LONG], ids=["classic", "long"])
def test_live_as_film(server: Server, page: Page, plan: Plan):
    seen = watched(server, page, plan)
    assert seen["seconds"] > 1.5
    assert seen["pictures"] / seen["seconds"] >= 15
    assert seen["curves"] / seen["seconds"] >= 2
    assert seen["nodes"] == 4, "one node for the weights, one for the curves with its two canvases: none was replaced"
    assert accuracy_of(page) == expected_accuracy(plan)


SIZES = """() => [...document.querySelectorAll('.st-key-curves, .st-key-weights')].flatMap((part) =>
  [...part.querySelectorAll('canvas, .legend')].map((each) => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return [x, y, width, height, each.dataset.size ?? ''].join();
  }))"""
CUT = """() => [...document.querySelectorAll('.st-key-curves, .st-key-weights, .st-key-curves p, .st-key-weights p')]
  .filter((each) => each.scrollWidth > each.clientWidth + 1).length"""


@pytest.mark.parametrize("width", [1024, 1280, 1600, 1920])
def test_pictures_are_the_same_before_during_and_after_a_run(server: Server, page: Page, width: int):
    page.set_viewport_size({"width": width, "height": 720})
    open_train(page, server, LONG)
    seen = [page.evaluate(SIZES)]
    press(page, "train")
    wait_for(lambda: step_of(page) > 20, 30)
    seen.append(page.evaluate(SIZES))
    press(page, "pause")
    expect(page.locator(".st-key-progress")).to_contain_text("paused")
    seen.append(page.evaluate(SIZES))
    press(page, "pause")  # Resume
    expect(page.locator(".st-key-reset")).to_contain_text("Stop")
    press(page, "reset")
    expect(page.locator(".st-key-progress")).to_contain_text("stopped")
    seen.append(page.evaluate(SIZES))
    assert len(seen[0]) == 5, "two charts with a legend, the weight images with theirs"
    assert seen[0] == seen[1] == seen[2] == seen[3]
    assert page.evaluate(CUT) == 0


def test_the_page_never_stalls(server: Server, page: Page):
    """Of two runs the better one counts: a machine that is busy with something else stalls every page."""
    assert min(watched(server, page, Plan())["stall"] for _ in range(2)) < 150


def test_everything_is_in_sight_on_a_projector(server: Server, page: Page):
    open_train(page, server, Plan(steps=30))
    for key in ("train", "test_accuracy", "progress", "curves", "weights"):
        box = page.locator(f".st-key-{key}").bounding_box()
        assert box and box["y"] >= 0 and box["y"] + box["height"] <= 720, key


def test_pause_resume_and_single_steps(server: Server, page: Page):
    open_train(page, server, LONG)
    press(page, "train")
    wait_for(lambda: step_of(page) > 20, 30)
    press(page, "pause")
    expect(page.locator(".st-key-progress")).to_contain_text("paused")
    paused = step_of(page)
    page.wait_for_function("() => new Promise(done => setTimeout(() => done(true), 1200))")
    assert step_of(page) == paused < LONG.steps
    press(page, "step1")
    wait_for(lambda: step_of(page) == paused + 1, 10)
    press(page, "step10")
    wait_for(lambda: step_of(page) == paused + 11, 10)
    press(page, "pause")
    expect(page.locator(".st-key-pause")).to_contain_text("Pause")
    wait_for(lambda: step_of(page) > paused + 11, 10)
    wait_until_done(page)
    assert accuracy_of(page) == expected_accuracy(LONG)


def test_a_killed_worker_changes_nothing(server: Server, page: Page):
    open_train(page, server, LONG)
    press(page, "train")
    wait_for(lambda: step_of(page) > 50, 30)
    (worker,) = server.workers()
    worker.kill()
    wait_until_done(page)
    assert accuracy_of(page) == expected_accuracy(LONG)
    assert worker.pid not in [each.pid for each in server.workers()]


def test_closing_the_tab_leaves_the_worker_idle_within_five_seconds(server: Server, page: Page):
    open_train(page, server, Plan(batch_size=ALL, steps=100_000))
    press(page, "train")
    wait_for(lambda: step_of(page) > 0, 30)
    (worker,) = server.workers()
    assert worker.cpu_percent(0.5) > 20
    page.goto("about:blank")
    wait_for(lambda: worker.cpu_percent(0.5) < 5, 5)


def test_too_large_a_rate_and_both_ways_out(server: Server, page: Page):
    plan = Plan(learning_rate=20, steps=200)
    step, accuracy = expected_best(plan)
    open_train(page, server, plan)
    press(page, "train")
    expect(page.locator(".st-key-overshoot")).to_contain_text("Learning rate 20 overshoots")
    wait_until_done(page)
    expect(page.locator(".st-key-overshoot")).to_contain_text(f"Best: {accuracy}, step {step}")
    press(page, "best")
    wait_for(lambda: step_of(page) == step, 10)
    assert accuracy_of(page) == accuracy
    if page.locator(".st-key-overshoot").count() == 0:  # the best weights may come before the overshoot shows
        press(page, "pause")
        wait_until_done(page)
    press(page, "tenth")
    expect(page.get_by_label("Learning rate, exactly")).to_have_value("2")
    wait_until_done(page)


def test_the_classic_rate_is_never_called_too_large(server: Server, page: Page):
    open_train(page, server, Plan())
    press(page, "train")
    wait_until_done(page)
    expect(page.locator(".st-key-overshoot")).to_have_count(0)


def test_a_display_choice_does_not_touch_the_run(server: Server, page: Page):
    open_train(page, server, LONG)
    press(page, "train")
    wait_for(lambda: step_of(page) > 50, 30)
    page.get_by_text("linear", exact=True).click()
    page.get_by_text("Slow motion at the start").click()
    wait_until_done(page)
    assert accuracy_of(page) == expected_accuracy(LONG)


def test_keys_of_the_keyboard(server: Server, page: Page):
    open_train(page, server, LONG)
    page.keyboard.press("t")
    wait_for(lambda: step_of(page) > 5, 30)
    page.keyboard.press("Space")
    expect(page.locator(".st-key-progress")).to_contain_text("paused")
