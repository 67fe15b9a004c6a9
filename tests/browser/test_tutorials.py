"""The Tutorials page in a real browser: a run with its table, and the distribution that grows while it is watched."""

import re

from playwright.sync_api import Page, expect

from tests.browser.server import Server, wait_for
from tests.browser.train import press, wait_until_done


def open_tutorials(page: Page, server: Server, name: str) -> None:
    page.goto(f"{server.url}/tutorials")
    page.get_by_text(name).click()
    expect(page.get_by_role("heading", name=name.replace(" ·", ":"))).to_be_visible()


def test_c_digit_for_digit_and_on_a_narrow_phone(server: Server, page: Page):
    open_tutorials(page, server, "C · Not another")
    table = page.locator(".st-key-published")
    expect(table).to_contain_text("2.12480136e-05")
    press(page, "run_0")
    wait_until_done(page)
    expect(table.locator("strong", has_text="2.12480")).to_be_visible()
    expect(table).not_to_contain_text("✗")
    wait_for(lambda: table.inner_text().count("✓") == 13, 10)
    page.set_viewport_size({"width": 360, "height": 740})
    expect(table).to_contain_text(re.compile(r"published 2\.12480136e-05\s+measured 2\.124\d+e-05 ✓ 0\.000\d % off"))
    expect(table).to_contain_text(re.compile(r"measured 90\.\d\d % ✓ -0\.\d\d points"))
    assert table.inner_text().count("✓") == 13
    assert table.evaluate("(node) => node.scrollWidth <= node.clientWidth && node.getBoundingClientRect().right <= 360")


def test_the_distribution_grows_stops_and_goes_on(server: Server, page: Page):
    open_tutorials(page, server, "B · Basic workflow")
    press(page, "start_shuffles")
    counts = set()

    def count() -> int:
        shown = page.locator(".st-key-luck .histogram").get_attribute("data-count", timeout=20_000)
        counts.add(int(shown or 0))
        return int(shown or 0)

    expect(page.locator(".st-key-luck .histogram")).to_be_visible()
    wait_for(lambda: count() >= 200, 30)
    press(page, "stop_shuffles")
    expect(page.locator(".st-key-start_shuffles button")).to_have_text("Continue")
    stopped = count()
    assert len(counts) > 1 and stopped % 50 == 0
    press(page, "start_shuffles")
    wait_for(lambda: count() == 1_000, 30)
    words = page.locator(".st-key-luck")
    expect(words).to_contain_text("1,000 shuffles, test accuracy after 1 step")
    found = re.search(r"B: 50.5 % is at the (\d+)th percentile", words.inner_text())
    assert found and abs(int(found[1]) - 98) <= 3
