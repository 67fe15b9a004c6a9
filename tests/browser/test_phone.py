"""On a phone: the page says its name, the menu folds away, pictures come before their controls, and nothing is cut."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES
from tests.browser.server import Server, wait_for
from ui.navigation import PAGES

AGENT = (
    "Mozilla/5.0 (Linux; Android 14; Pixel 7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130 Mobile Safari/537.36"
)

IPAD = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15"


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


def test_a_tutorials_figures_are_a_list_on_a_narrow_phone(server: Server, phone: Page):
    phone.set_viewport_size({"width": 360, "height": 740})
    phone.goto(f"{server.url}/tutorials")
    phone.get_by_text("C · Not another").tap()
    expect(phone.locator(".st-key-published")).to_contain_text("measured —")


def sent_by(tab: Page) -> list[str | bytes]:
    """What the tab asks of the server, as it asks: to run the script for the first time, and each time after that."""
    messages: list[str | bytes] = []
    tab.on("websocket", lambda socket: socket.on("framesent", lambda sent: messages.append(sent)))
    return messages


def weights_come_first(tab: Page) -> bool:
    """Whether the Train page is laid out as on a phone: the weights before the curves."""
    places = [tab.locator(f".st-key-{part}").bounding_box() for part in ("weights", "curves")]
    weights, curves = [(box["x"], box["y"]) if box else (0.0, 0.0) for box in places]
    return weights < curves if weights[0] != curves[0] else weights[1] < curves[1]


def open_page(tab: Page, server: Server) -> None:
    tab.goto(server.url)
    expect(tab.locator(".st-key-weights canvas").first).to_be_visible()


@pytest.mark.parametrize("mobile", [True, False])
def test_a_tablet_that_calls_itself_a_desktop_is_told_by_its_touch(server: Server, browser: Browser, mobile: bool):
    tab = browser.new_page(viewport={"width": 820, "height": 1180}, has_touch=True, is_mobile=mobile, user_agent=IPAD)
    messages = sent_by(tab)
    open_page(tab, server)
    wait_for(lambda: weights_come_first(tab), 10)
    expect(tab.get_by_role("heading", name="Train", exact=True)).to_be_visible()
    tab.locator(".st-key-step1 button").tap()
    expect(tab.locator(".st-key-progress")).to_contain_text("Step 1 of")
    assert weights_come_first(tab)
    before = len(messages)
    tab.get_by_role("link", name="Draw").tap()
    expect(tab.get_by_role("heading", name="Draw", exact=True)).to_be_visible()
    tab.wait_for_timeout(1_500)  # what would be asked again would be asked by now
    assert len(messages) <= before + 2, "the page, and what its canvas tells"
    tab.close()


def test_a_desktops_window_is_told_only_when_it_gets_narrow_or_wide_again(server: Server, page: Page):
    messages = sent_by(page)
    open_page(page, server)
    page.wait_for_timeout(1_500)
    assert len(messages) == 1, "an ordinary desktop asks for the page, and for nothing else"
    assert not weights_come_first(page)
    for width in (1_100, 900, 700):
        page.set_viewport_size({"width": width, "height": 720})
    page.wait_for_timeout(500)
    assert len(messages) == 1
    page.set_viewport_size({"width": 600, "height": 720})
    expect(page.get_by_role("heading", name="Train", exact=True)).to_be_visible()
    assert weights_come_first(page)
    page.set_viewport_size({"width": 1_280, "height": 720})
    expect(page.get_by_role("heading", name="Train", exact=True)).to_have_count(0)
    wait_for(lambda: not weights_come_first(page), 10)
    page.wait_for_timeout(1_500)
    assert len(messages) == 3


def test_a_phone_is_known_at_once(server: Server, phone: Page):
    messages = sent_by(phone)
    open_page(phone, server)
    phone.wait_for_timeout(1_500)
    assert len(messages) == 1
    assert weights_come_first(phone)
