"""The live view without a server: its script and style sheet in an empty page, told what Python tells it."""

import base64

from playwright.sync_api import Page

from ui.live_view import STYLE
from ui.live_view.bundle import bundle
from ui.live_view.message import Message

LIGHT = {"text-color": "#31333f", "background-color": "#ffffff", "border-color": "#d6d6d8", "primary-color": "#c62828",
         "secondary-background-color": "#f0f2f6", "gray-text-color": "#777777", "font": "sans-serif"}  # fmt: skip
DARK = LIGHT | {"text-color": "#fafafa", "background-color": "#181715"}

MOUNT = """async ([script, name]) => {
  const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const { default: render } = await import(url);
  const parentElement = document.getElementById(name);
  const tell = (kind, value) => (window.told ??= []).push([kind, value]);
  window.views ??= {};
  window.views[name] = (packed) => {
    const data = Uint8Array.from(atob(packed), (c) => c.charCodeAt(0));
    return render({ data, parentElement, setTriggerValue: tell });
  };
}"""


def open_stage(page: Page, view: str, *, name: str = "stage", width: int = 600, dark: bool = False) -> None:
    """An empty page with one mounted view of so many pixels' width."""
    theme = ";".join(f"--st-{key}:{value}" for key, value in (DARK if dark else LIGHT).items())
    page.goto("about:blank")  # a document written over another one loses track of the pointer
    page.set_content(
        f"<style>{STYLE.read_text(encoding='utf-8')}</style><body style='margin:0;{theme}'>"
        f"<div id={name} style='width:{width}px'><div class=lab-view></div></div>"
    )
    page.evaluate(MOUNT, [bundle(view), name])


def tell(page: Page, message: Message, name: str = "stage") -> None:
    """Hand a message to the view, as Streamlit does."""
    packed = base64.b64encode(message.pack()).decode()
    page.evaluate("([name, packed]) => { window.views[name](packed); }", [name, packed])
