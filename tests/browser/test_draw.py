"""Drawing in a real browser: mouse, touch, clear, and a visit to another page."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from mnist_core.plan import Plan
from tests.browser import strokes
from tests.browser.conftest import SIZES
from tests.browser.server import Server, wait_for
from tests.browser.train import open_train, press, wait_until_done


def open_draw(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/draw")
    expect(page.locator(".st-key-canvas canvas").last).to_be_visible()
    expect(page.locator(".st-key-prediction")).to_contain_text("Nothing to read yet")


def read(page: Page) -> int:
    """The digit that the page shows, once there is one."""
    shown = page.locator(".st-key-prediction_linear [data-testid=stMetricValue]")
    expect(shown).to_have_text(re.compile(r"^\d$"))
    return int(shown.inner_text())


def ink(page: Page) -> int:
    """How many white pixels the canvas shows."""
    count = """canvases => Math.max(...canvases.map(canvas => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      let white = 0;
      for (let i = 0; i < data.length; i += 4) white += data[i] > 200 && data[i + 3] > 200;
      return white; }))"""
    return page.locator(".st-key-canvas canvas").evaluate_all(count)


def reads(page: Page, digit: int) -> bool:
    """Whether the page comes to read this digit."""
    try:
        expect(page.locator(".st-key-prediction_linear [data-testid=stMetricValue]")).to_have_text(
            str(digit), timeout=4_000
        )
    except AssertionError:
        return False
    return True


def clear(page: Page) -> None:
    press(page, "clear")
    expect(page.locator(".st-key-prediction")).to_contain_text("Nothing to read yet")


def test_ten_digits_by_mouse_with_a_model_trained_here(server: Server, page: Page):
    open_train(page, server, Plan())
    press(page, "train")
    wait_until_done(page)
    page.get_by_role("link", name="Draw").click()
    expect(page.locator(".st-key-canvas canvas").last).to_be_visible()
    expect(page.get_by_text("on the test set after step 1,000")).to_be_visible()
    right = []
    for digit, lines in strokes.DIGITS.items():
        strokes.draw(page, lines)
        right.append(reads(page, digit))
        clear(page)
    print(f"read right: {sum(right)} of 10, misread: {[digit for digit, good in enumerate(right) if not good]}")
    assert sum(right) >= 8


def test_what_is_shown_adds_up(server: Server, page: Page):
    open_draw(page, server)
    strokes.draw(page, strokes.DIGITS[7])
    assert reads(page, 7)

    def shares() -> list[float]:
        words = page.locator(".st-key-probabilities_linear").inner_text()
        return [0.05 if less else float(each) for less, each in re.findall(r"(< )?([\d.]+) %", words)]

    def votes() -> list[tuple[str, str, str]]:
        words = page.locator(".st-key-evidence").inner_text()
        return re.findall(r"votes for \d: ([+-][\d.]+), with its bias ([+-][\d.]+) a score of ([+-][\d.]+)", words)

    wait_for(lambda: len(shares()) == 10 and len(votes()) == 2, 10)
    assert sum(shares()) == pytest.approx(100, abs=0.9)
    assert max(shares()) == shares()[7]
    for vote, bias, score in votes():
        assert float(vote) + float(bias) == pytest.approx(float(score), abs=0.011)


def test_the_drawing_survives_a_visit_to_another_page(server: Server, page: Page):
    open_draw(page, server)
    strokes.draw(page, strokes.DIGITS[7])
    before = read(page)
    page.get_by_role("link", name="Train").click()
    expect(page.locator(".st-key-train")).to_be_visible()
    page.get_by_role("link", name="Draw").click()
    assert read(page) == before
    wait_for(lambda: ink(page) > 1_000, 10)
    shares = page.locator(".st-key-probabilities_linear").inner_text()
    strokes.draw(page, [[(60, 140), (220, 140)]])  # the pen goes on where it left off
    wait_for(lambda: page.locator(".st-key-probabilities_linear").inner_text() != shares, 10)


def test_clear_clears(server: Server, page: Page):
    open_draw(page, server)
    strokes.draw(page, strokes.DIGITS[0])
    assert read(page) == 0
    clear(page)
    strokes.draw(page, strokes.DIGITS[1])
    assert read(page) == 1, "nothing of the 0 is left"
    clear(page)
    clear(page)


def test_by_touch_on_a_phone(server: Server, browser: Browser):
    width, height = SIZES["phone"]
    tab = browser.new_page(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True)
    open_draw(tab, server)
    canvas = tab.locator(".st-key-canvas canvas").last
    canvas.scroll_into_view_if_needed()
    box = canvas.bounding_box()
    assert box and box["x"] >= 0 and box["x"] + box["width"] <= width
    finger = tab.context.new_cdp_session(tab)

    def touch(kind: str, *points: tuple[float, float]) -> None:
        places = [{"x": box["x"] + x, "y": box["y"] + y} for x, y in points]
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": places})

    begin, *rest = [(85, 65), (140, 65), (195, 65), (175, 120), (150, 175), (130, 225)]
    touch("touchStart", begin)
    for point in rest:
        touch("touchMove", point)
    touch("touchEnd")
    assert read(tab) == 7
    tab.close()
