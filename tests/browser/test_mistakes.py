"""The Mistakes page in a real browser: a cell of the matrix, the images behind it, and one of them."""

import re

import numpy as np
from playwright.sync_api import Browser, Page, expect

from mnist_core import dataset, model
from mnist_core.formatting import probability
from mnist_core.training import checkpoint
from tests.browser.conftest import SIZES
from tests.browser.server import Server

# The first pictures of a grid as 28 x 28 greys, read back from the canvas that shows them.
GREYS = """(canvas) => {
  const { across, size, head } = Object.fromEntries(Object.entries(canvas.dataset).map(([k, v]) => [k, Number(v)]));
  const ratio = devicePixelRatio, pen = canvas.getContext('2d');
  return [0, 1, 2, 3].map((k) => {
    const left = (k % across) * (size + 6), top = Math.floor(k / across) * (size + head + 6) + head;
    return Array.from({ length: 784 }, (_, i) => pen.getImageData(
      Math.floor((left + ((i % 28) + 0.5) * size / 28) * ratio),
      Math.floor((top + (Math.floor(i / 28) + 0.5) * size / 28) * ratio), 1, 1).data[0]);
  });
}"""


def readings() -> tuple[np.ndarray, np.ndarray]:
    """Probabilities and classes that the pretrained model gives the test set."""
    shares = model.probabilities(checkpoint.load(checkpoint.PRETRAINED)[1].parameters, dataset.load_test().images)
    return shares, shares.argmax(axis=1)


def open_mistakes(page: Page, server: Server) -> None:
    page.goto(f"{server.url}/mistakes")
    expect(page.locator(".st-key-matrix button").first).to_be_visible()


def test_a_cell_shows_the_images_behind_it(server: Server, page: Page):
    open_mistakes(page, server)
    shares, read = readings()
    test = dataset.load_test()
    for truth, name, found in ((4, "fours", 9), (5, "fives", 3)):
        cell = page.locator(f'.st-key-matrix button[data-truth="{truth}"][data-read="{found}"]')
        behind = np.flatnonzero((test.labels == truth) & (read == found))
        behind = behind[np.argsort(-shares[behind].max(axis=1), kind="stable")]
        expect(cell).to_have_text(str(len(behind)))
        cell.click()
        expect(page.locator(".st-key-behind")).to_contain_text(f"{len(behind)} {name} read as {found}")
        labels = [f"{truth}→{found} {probability(float(shares[i].max()), 0)}" for i in behind]
        expect(page.locator(".st-key-behind .tiles").first).to_have_attribute("data-labels", "|".join(labels))
        shown = np.array(page.locator(".st-key-behind canvas").first.evaluate(GREYS))
        assert np.abs(shown - test.images[behind[:4]].astype(int)).max() <= 3
        expect(page.locator(".st-key-behind .tiles").last).to_have_attribute(
            "data-labels", f"weights of {found}|weights of {truth}|{found} less {truth}"
        )
        expect(cell).to_have_attribute("aria-pressed", "true")


def test_a_picture_leads_to_its_digit(server: Server, page: Page):
    open_mistakes(page, server)
    shares, read = readings()
    labels = dataset.load_test().labels
    wrong = np.flatnonzero(read != labels)
    surest = wrong[np.argsort(-shares[wrong].max(axis=1), kind="stable")][0]
    page.locator(".st-key-behind canvas").first.click(position={"x": 30, "y": 40})
    expect(page.locator(".st-key-one_digit")).to_contain_text(
        f"Test set, image {surest:,}: this is a {labels[surest]}, read as {read[surest]}"
    )


def test_by_touch_on_a_phone(server: Server, browser: Browser):
    width, height = SIZES["phone"]
    tab = browser.new_page(viewport={"width": width, "height": height}, has_touch=True, is_mobile=True)
    open_mistakes(tab, server)
    cell = tab.locator('.st-key-matrix button[data-truth="9"][data-read="4"]')
    box = cell.bounding_box()
    assert box and box["x"] + box["width"] <= width and box["height"] >= 24
    cell.tap()
    expect(tab.locator(".st-key-behind")).to_contain_text(re.compile(r"\d+ nines read as 4"))
    tab.close()
