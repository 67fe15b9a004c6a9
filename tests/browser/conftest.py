"""One server and one real browser for all tests of a process; what no other kind of test can show."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium
from tests.browser.server import Server, start_server, stop_server

SIZES = {"projector": (1280, 720), "desktop": (1600, 1000), "phone": (390, 844)}
expect.set_options(timeout=30_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="session")
def running() -> Iterator[Server]:
    server = start_server()
    yield server
    stop_server(server)


@pytest.fixture(scope="module")
def server(running: Server) -> Iterator[Server]:
    """The server, which must have nothing to warn of at the end of a test file."""
    before = len(running.warnings())
    yield running
    assert not running.warnings()[before:]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    width, height = SIZES["projector"]
    tab = browser.new_page(viewport={"width": width, "height": height})
    yield tab
    tab.close()
