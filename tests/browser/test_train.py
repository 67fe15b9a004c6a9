"""The Train page in a real browser: the film, the buttons, and a worker that is killed."""

from functools import cache

from playwright.sync_api import Page, expect

from mnist_core import training
from mnist_core.formatting import percent
from mnist_core.plan import ALL, Plan
from mnist_core.training import run
from tests.browser.server import Server, wait_for
from tests.browser.train import accuracy_of, open_train, press, step_of, wait_until_done
from tests.browser.watch import SEEN, WATCH

LONG = Plan(train_size=2_000, batch_size=ALL, learning_rate=0.1, steps=1_500)


@cache
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


def test_a_run_is_drawn_as_it_goes_on_nodes_that_stay(server: Server, page: Page):
    open_train(page, server, Plan())
    page.evaluate(WATCH)
    press(page, "train")
    wait_until_done(page)
    seen = page.evaluate(SEEN)
    assert seen["pictures"] > 40 and seen["curves"] > 10, "as it goes, not at its end"
    assert seen["nodes"] == 4, "one node for the weights, one for the curves with its two canvases: none was replaced"
    assert accuracy_of(page) == expected_accuracy(Plan())
    expect(page.locator(".st-key-overshoot")).to_have_count(0)  # the classic rate is never called too large


SIZES = """() => [...document.querySelectorAll('.st-key-curves, .st-key-weights')].flatMap((part) =>
  [...part.querySelectorAll('canvas, .legend')].map((each) => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return [x, y, width, height, each.dataset.size ?? ''].join();
  }))"""
SETTLED = """() => {
  const canvas = document.querySelector('.st-key-weights canvas'), { clientWidth } = canvas.parentElement;
  return innerWidth === document.documentElement.clientWidth &&
    Number(canvas.dataset.size) === Math.min(150, Math.floor((clientWidth - 24) / 5));
}"""
CUT = """() => [...document.querySelectorAll('.st-key-curves, .st-key-weights, .st-key-curves p, .st-key-weights p')]
  .filter((each) => each.scrollWidth > each.clientWidth + 1).length"""


def test_pictures_are_the_same_before_during_and_after_a_run(server: Server, page: Page):
    open_train(page, server, LONG)
    for width in (1024, 1280, 1600, 1920):
        page.set_viewport_size({"width": width, "height": 720})
        page.wait_for_function(SETTLED)
        seen = [page.evaluate(SIZES)]
        press(page, "train")
        wait_for(lambda: step_of(page) > 10, 30)
        seen.append(page.evaluate(SIZES))
        press(page, "pause")
        expect(page.locator(".st-key-progress")).to_contain_text("paused")
        seen.append(page.evaluate(SIZES))
        press(page, "pause")  # Resume
        expect(page.locator(".st-key-reset")).to_contain_text("Stop")
        press(page, "reset")
        expect(page.locator(".st-key-progress")).to_contain_text("stopped")
        seen.append(page.evaluate(SIZES))
        press(page, "reset")
        expect(page.locator(".st-key-progress")).to_contain_text("Step 0")
        assert len(seen[0]) == 5, "two charts with a legend, the weight images with theirs"
        assert seen[0] == seen[1] == seen[2] == seen[3], width
        assert page.evaluate(CUT) == 0, width


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
    page.locator(".st-key-step_axis").get_by_text("linear", exact=True).click()  # an answer of the server comes between
    expect(page.get_by_role("radio", name="linear", exact=True)).to_be_checked()
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


def test_neither_display_choices_nor_a_killed_worker_change_a_run(server: Server, page: Page):
    open_train(page, server, LONG)
    press(page, "train")
    wait_for(lambda: step_of(page) > 50, 30)
    page.get_by_text("linear", exact=True).click()
    (worker,) = server.workers()
    worker.kill()
    page.get_by_text("Slow motion at the start").click()
    wait_until_done(page)
    assert accuracy_of(page) == expected_accuracy(LONG)
    assert worker.pid not in [each.pid for each in server.workers()]


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


def test_keys_of_the_keyboard(server: Server, page: Page):
    open_train(page, server, LONG)
    page.keyboard.press("t")
    wait_for(lambda: step_of(page) > 5, 30)
    page.keyboard.press("Space")
    expect(page.locator(".st-key-progress")).to_contain_text("paused")
