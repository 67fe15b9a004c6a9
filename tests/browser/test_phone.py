"""On a phone: the page says its name, the menu folds away, pictures come before their controls, and nothing is cut."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES
from tests.browser.server import Server
from ui.navigation import PAGES

AGENT = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Mobile Safari/537.36"
)


@pytest.fixture
def phone(browser: Browser) -> Iterator[Page]:
    width, height = SIZES["phone"]
    viewport = {"width": width, "height": height}
    tab = browser.new_page(viewport=viewport, has_touch=True, is_mobile=True, user_agent=AGENT)
    yield tab
    tab.close()


def test_the_menu_leads_to_every_page_and_folds_away(server: Server, phone: Page):
    phone.goto(server.url)
    for _, title, _, words in (*PAGES[1:], PAGES[0]):
        phone.get_by_test_id("stExpandSidebarButton").tap()
        link = phone.get_by_test_id("stSidebarNavItems").get_by_role("link", name=title, exact=True)
        link.tap()
        expect(phone.get_by_role("heading", name=title, exact=True)).to_be_visible()
        expect(phone.get_by_test_id("stCaptionContainer").get_by_text(words)).to_be_visible()
        expect(link).not_to_be_in_viewport()


@pytest.mark.parametrize(
    ("idea", "picture", "control"),
    [
        ("Softmax", ".st-key-softmax_bars", ".st-key-score_3_0"),
        ("Cross-entropy", ".st-key-cost_chart", ".st-key-ce_3"),
        ("Gradient descent", ".st-key-gd_chart", ".st-key-gd_rate"),
    ],
)
def test_a_picture_is_seen_while_its_controls_move(server: Server, phone: Page, idea: str, picture: str, control: str):
    phone.goto(f"{server.url}/ideas")
    phone.get_by_role("radio", name=idea).tap()
    phone.locator(control).scroll_into_view_if_needed()
    expect(phone.locator(control)).to_be_in_viewport()
    expect(phone.locator(picture)).to_be_in_viewport(ratio=0.5)


def test_a_digits_way_through_the_model_fits(server: Server, phone: Page):
    phone.goto(f"{server.url}/ideas")
    phone.get_by_role("radio", name="One digit through the model").tap()
    expect(phone.locator(".st-key-through_table table")).to_contain_text("probability")
    box = phone.locator(".st-key-through_table table").bounding_box()
    assert box and box["x"] + box["width"] <= SIZES["phone"][0]


def test_a_tutorials_figures_and_how_they_compare_fit_a_narrow_phone(server: Server, phone: Page):
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.goto(f"{server.url}/tutorials")
    phone.get_by_text("C · Not another").tap()
    published = phone.locator(".st-key-published")
    expect(published).to_contain_text("measured —")
    phone.locator(".st-key-run_0 button").tap()
    expect(published).to_contain_text(
        re.compile(r"published 2\.12480136e-05\s+measured 2\.124\d+e-05 ✓ 0\.000\d % off")
    )
    expect(published).to_contain_text(re.compile(r"measured 90\.\d\d % ✓ -0\.\d\d points"))
    assert published.evaluate(
        "(node) => node.scrollWidth <= node.clientWidth && node.getBoundingClientRect().right <= 360"
    )
