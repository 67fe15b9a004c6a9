"""Each experiment in a real browser: it runs, shows its progress, stops half way, keeps what it has, and goes on."""

import re

from playwright.sync_api import Page, expect

from tests.browser.server import Server, wait_for
from tests.browser.train import press


def open_question(page: Page, server: Server, question: str) -> None:
    page.goto(f"{server.url}/experiments")
    page.get_by_role("radio", name=question).click()
    expect(page.get_by_role("radio", name=question)).to_be_checked()


def done(page: Page, job: str) -> int:
    """How many parts the progress says are done."""
    shown = page.locator(f".st-key-job_{job}")
    found = re.search(r"(\d+) of \d+ parts", shown.inner_text()) if shown.count() else None
    return int(found[1]) if found else 0


def run_stop_and_go_on(page: Page, job: str, after: int = 2) -> None:
    press(page, f"start_{job}")
    wait_for(lambda: done(page, job) >= after, 60)
    press(page, f"stop_{job}")
    expect(page.locator(f".st-key-start_{job}")).to_contain_text("Continue")
    page.get_by_role("link", name="Data").click()
    expect(page.locator(".st-key-data_view")).to_be_visible()
    page.get_by_role("link", name="Experiments").click()
    expect(page.locator(f".st-key-start_{job}")).to_contain_text("Continue")
    press(page, f"start_{job}")
    expect(page.locator(f".st-key-stop_{job}")).to_be_visible()
    wait_for(lambda: done(page, job) > 0 or page.locator(f".st-key-stop_{job}").count() == 0, 20)
    assert done(page, job) >= after or page.locator(f".st-key-stop_{job}").count() == 0, "what was found stays"
    expect(page.locator(f".st-key-stop_{job}")).to_have_count(0, timeout=90_000)
    expect(page.locator(f".st-key-start_{job}")).to_have_count(0)


def test_run_stop_keep_and_go_on_to_the_conclusion(server: Server, page: Page):
    open_question(page, server, "Is the test honest?")
    run_stop_and_go_on(page, "parting")
    expect(page.get_by_text("early stopping")).to_be_visible()
    expect(page.get_by_test_id("stException")).to_have_count(0)


def test_a_display_choice_changes_no_result(server: Server, page: Page):
    open_question(page, server, "How fast to learn?")
    press(page, "start_rates")
    expect(page.locator(".st-key-rates_words")).to_contain_text("Best at step 1,000", timeout=60_000)
    words = page.locator(".st-key-rates_words").inner_text()
    page.locator(".st-key-rates_digit input").click()
    page.get_by_role("option", name="8", exact=True).click()
    expect(page.locator(".st-key-rates_strip")).to_contain_text("looks for in digit 8")
    assert page.locator(".st-key-rates_words").inner_text() == words


def test_the_shift_map(server: Server, page: Page):
    open_question(page, server, "Move the digit")
    page.locator("[class*=st-key-start_shifts_mlp] button").click()
    expect(page.locator(".st-key-map_words_mlp")).to_contain_text("places, not shapes", timeout=90_000)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()


def test_push_a_digit_around(server: Server, page: Page):
    open_question(page, server, "Move the digit")
    read = page.locator(".st-key-prediction_linear [data-testid=stMetricValue]")
    expect(read).to_have_text("1")
    slider = page.locator(".st-key-push_right input")
    slider.focus()
    for _ in range(8):
        slider.press("ArrowLeft")
    expect(read).not_to_have_text("1")


def test_five_by_heart(server: Server, page: Page):
    open_question(page, server, "Five digits by heart")
    press(page, "start_by_heart")
    expect(page.get_by_text("Five images known by heart")).to_be_visible(timeout=60_000)
    expect(page.locator(".js-plotly-plot .main-svg").first).to_be_visible()


def test_be_the_optimiser(server: Server, page: Page):
    open_question(page, server, "Be the optimiser")
    canvas = page.locator("canvas").last
    canvas.click(trial=True)
    box = canvas.bounding_box()
    assert box
    page.mouse.move(box["x"] + 80, box["y"] + 80)
    page.mouse.down()
    for x, y in ((190, 70), (140, 130), (190, 190), (80, 220)):
        page.mouse.move(box["x"] + x, box["y"] + y, steps=5)
    page.mouse.up()
    score, result = page.locator(".st-key-paint_score"), page.locator(".st-key-paint_result")
    expect(score).to_contain_text("of all pairs")
    (yours,) = (float(each) for each in re.findall(r"([\d.]+) %", score.inner_text()))
    assert yours > 55
    page.locator("[class*=st-key-start_paint_3_] button").click()
    expect(result).to_contain_text("After 1,000 steps", timeout=60_000)
    expect(page.locator("[class*=st-key-again_paint_3_]")).to_be_visible()
    expect(result).to_contain_text(f"Yours: {yours:.1f} %")
    found = re.search(r"from it: ([\d.]+) %", result.inner_text())
    assert found and yours < float(found[1]) and float(found[1]) > 95
