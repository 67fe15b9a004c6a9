"""The Train page as tests and benchmarks drive it."""

import re

from playwright.sync_api import Page, expect

from mnist_core.plan import Plan
from tests.browser.server import Server, wait_for


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
