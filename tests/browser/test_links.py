"""Every page opened first, by its link, on a server that has seen nobody; and what a broken data set looks like."""

from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, Page, expect

from mnist_core import dataset
from tests.browser.conftest import SIZES
from tests.browser.server import ROOT, start_server, stop_server

PAGES = {
    "": ".st-key-train",
    "train?train_size=5500": ".st-key-train",
    "draw": ".st-key-canvas canvas",
    "weights": ".st-key-scrubber canvas.weights",
    "mistakes": ".st-key-matrix button",
    "tutorials": ".st-key-run_0",
    "data": ".st-key-data_view",
    "ideas": ".st-key-softmax_bars .bars",
    "experiments": ".st-key-start_ladder",
}


def test_every_page_is_in_the_list():
    assert {path.stem for path in (ROOT / "pages").glob("*.py")} == {name.split("?")[0] for name in PAGES} - {""}


@pytest.mark.parametrize("name", PAGES)
def test_opens_first_on_a_fresh_server(browser: Browser, name: str):
    server = start_server()
    try:
        tab, asked = browser.new_page(), []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(f"{server.url}/{name}")
        expect(tab.locator(PAGES[name]).first).to_be_visible()
        assert not [url for url in asked if not url.startswith((server.url, "data:", "blob:"))], (
            "works without a network"
        )
        expect(tab.get_by_test_id("stException")).to_have_count(0)
        expect(tab.get_by_role("dialog")).to_have_count(0)
        if "5500" in name:
            expect(tab.get_by_label("Training images, exactly")).to_have_value("5500")
        assert not server.warnings(), "nothing is asked elsewhere by the server either"
        tab.close()
    finally:
        stop_server(server)


# How far the page sticks out of its window, once it has come to rest in a new size: two frames alike.
OVER = """() => new Promise((done) => {
  const over = () => Math.max(...[...document.querySelectorAll('[data-testid=stMain], html')]
    .map((each) => each.scrollWidth - each.clientWidth));
  let last = null;
  (function look() {
    const now = [innerWidth, document.querySelector('[data-testid=stMain]').clientWidth, over()].join();
    if (now === last) return done(over());
    last = now;
    requestAnimationFrame(() => requestAnimationFrame(look));
  })();
})"""


@pytest.mark.parametrize("name", PAGES)
def test_nothing_sticks_out_sideways(server, page: Page, name: str):
    """One tab in three sizes, light and dark."""
    page.goto(f"{server.url}/{name}")
    expect(page.locator(PAGES[name]).first).to_be_visible()
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size, (width, height) in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            assert page.evaluate(OVER) <= 0, (size, scheme)


def test_words_of_a_link_fetch_nothing_and_lead_nowhere(server, page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    for foreign in ("![p](http://a.b/c.png)", "[in](http://a.b) www.a.b", "WWW.a.b a@b.cd"):
        page.goto(f"{server.url}/?split={quote(foreign)}")
        alert = page.get_by_test_id("stAlert")
        expect(alert).to_contain_text("allowed: 'tutorial' or 'full'.")
        assert f"split is '{foreign}'; allowed" in alert.inner_text().replace("\u2060", "")
        expect(alert.locator("a, img")).to_have_count(0)
    assert not [url for url in asked if not url.startswith((server.url, "data:", "blob:"))]


def test_truncated_data_is_a_sentence(browser: Browser, tmp_path: Path):
    for file in dataset.BUNDLED.glob("*.gz"):
        (tmp_path / file.name).write_bytes(file.read_bytes()[:1_000])
    server = start_server({dataset.FOLDER_VARIABLE: str(tmp_path)})
    try:
        tab = browser.new_page()
        tab.goto(server.url)
        expect(tab.get_by_test_id("stAlert")).to_contain_text("t10k-images-idx3-ubyte.gz cannot be read")
        expect(tab.get_by_test_id("stException")).to_have_count(0)
        tab.close()
    finally:
        stop_server(server)
