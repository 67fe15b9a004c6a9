"""What a visitor feels, in a real browser: python -m benchmarks.browser

- first page: fresh server, link opened -> Train button shown, against an empty Streamlit page
- answering while TensorFlow loads: the same page again, at once, against the empty page
- mouse up -> prediction changed, against a page with nothing but a canvas
- training with the page open: steps a second, against the same run on the command line
- memory: resident size of screen process and worker after a run on all 55,000 images at once
"""

import json
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable

import psutil
from playwright.sync_api import Browser, Page, expect, sync_playwright

from mnist_core.plan import Plan
from tests.browser import chromium, strokes
from tests.browser.server import ROOT, Server, start_server, stop_server, wait_for

RUNS = 5
EMPTY, CANVAS = "benchmarks/peers/empty.py", "benchmarks/peers/bare_canvas.py"
LONG = Plan(steps=100_000)
WHOLE = Plan(train_size=5_500, batch_size="all", learning_rate=0.1, steps=5_000)


def on_server(entry: str, measure: Callable[[Server], list[float]]) -> list[float]:
    """What `measure` finds on a fresh server."""
    server = start_server(entry=entry)
    try:
        return measure(server)
    finally:
        stop_server(server)


def first_pages(browser: Browser, server: Server) -> list[float]:
    """Seconds until the button is shown: the first visit ever, and a second one right after it."""
    found = []
    for _ in range(2):
        tab = browser.new_page(viewport={"width": 1280, "height": 720})
        began = time.perf_counter()
        tab.goto(server.url, wait_until="commit")
        tab.locator(".st-key-train button").wait_for()
        found.append(time.perf_counter() - began)
        tab.close()
    return found


def mouse_up(browser: Browser, server: Server, path: str, shown: str) -> list[float]:
    """Median seconds from mouse up to a change of the text beside the canvas, over ten strokes."""
    tab = browser.new_page(viewport={"width": 1280, "height": 720})
    tab.goto(f"{server.url}/{path}")
    expect(tab.locator(".st-key-canvas canvas").last).to_be_visible()
    strokes.draw(tab, strokes.DIGITS[7])
    tab.locator(shown).wait_for()
    tab.wait_for_timeout(8_000)  # TensorFlow loads meanwhile; it is not what is measured here
    seconds = [_stroke(tab, shown, 40 + 20 * i) for i in range(10)]
    tab.close()
    return [statistics.median(seconds)]


def _stroke(tab: Page, shown: str, y: int) -> float:
    before = tab.locator(shown).inner_text()
    strokes.draw(tab, [[(60, y), (220, y)]])
    began = time.perf_counter()
    tab.wait_for_function(
        "([shown, before]) => document.querySelector(shown)?.innerText !== before", arg=[shown, before], polling=5
    )
    return time.perf_counter() - began


def trained_in_page(browser: Browser, plan: Plan, paced: bool) -> list[float]:
    """Seconds from the click to "done"; then megabytes resident in the screen process and the worker."""

    def measure(server: Server) -> list[float]:
        tab = browser.new_page(viewport={"width": 1280, "height": 720})
        tab.goto(f"{server.url}/?" + "&".join(f"{name}={value}" for name, value in plan.to_params().items()))
        tab.locator(".st-key-train button").wait_for()
        if not paced:
            tab.get_by_text("Slow motion at the start").click()
        wait_for(lambda: all(each.cpu_percent(0.5) < 20 for each in server.workers()), 60)
        began = time.perf_counter()
        tab.locator(".st-key-train button").click()
        expect(tab.locator(".st-key-progress")).to_contain_text(re.compile("done"), timeout=300_000)
        seconds = time.perf_counter() - began
        sizes = [psutil.Process(server.process.pid), *server.workers()]
        tab.close()
        return [seconds, *(each.memory_info().rss / 1e6 for each in sizes)]

    return on_server("app.py", measure)


def trained_on_command_line(plan: Plan) -> float:
    """Seconds that `train --json` reports for the run, without the import of TensorFlow."""
    changed = {name: text for name, text in plan.to_params().items() if text != Plan().to_params()[name]}
    options = [f"--{name.replace('_', '-')}={text}" for name, text in changed.items()]
    command = [sys.executable, "-m", "mnist_core", "train", *options, "--json"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(json.loads(found.stdout)["seconds"]) - _start_up(options)


def _start_up(options: list[str]) -> float:
    """Seconds that the same command reports when it takes two steps: import, data, compilation."""
    short = [option for option in options if not option.startswith("--steps")] + ["--steps=2"]
    command = [sys.executable, "-m", "mnist_core", "train", *short, "--json"]
    found = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return float(json.loads(found.stdout)["seconds"])


def row(name: str, ours: list[float], peer: list[float], limit: str) -> None:
    """One line: medians, and the ratio of the medians."""
    a, b = statistics.median(ours), statistics.median(peer)
    print(f"{name:44} {a:7.3f} s  peer {b:7.3f} s  ratio {a / b:5.2f}  ({limit})", flush=True)


def main() -> None:
    """Measure and print everything."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        pairs = [
            (
                on_server("app.py", lambda server: first_pages(browser, server)),
                on_server(EMPTY, lambda server: first_pages(browser, server)),
            )
            for _ in range(RUNS)
        ]
        for visit, name in enumerate(["first page on a fresh server", "second page, TensorFlow loading"]):
            row(name, [ours[visit] for ours, _ in pairs], [peer[visit] for _, peer in pairs], "at most 1.5")
        drawn = [
            (
                on_server("app.py", lambda server: mouse_up(browser, server, "draw", ".st-key-evidence")),
                on_server(CANVAS, lambda server: mouse_up(browser, server, "", ".st-key-prediction")),
            )
            for _ in range(3)
        ]
        row("mouse up -> prediction", [a for (a,), _ in drawn], [b for _, (b,) in drawn], "at most 1.5")
        for plan, paced in ((LONG, False), (LONG, True), (WHOLE, False)):
            runs = [(trained_in_page(browser, plan, paced)[0], trained_on_command_line(plan)) for _ in range(2)]
            name = f"{plan.steps:,} steps of {plan.images_per_step:,}{', slow motion' if paced else ''}"
            row(name, [a for a, _ in runs], [b for _, b in runs], "at most 1.25, that is 80 % of its speed")
        _, *sizes = trained_in_page(browser, Plan(batch_size="all", learning_rate=0.5, steps=60), paced=True)
        parts = " + ".join(f"{size:.0f}" for size in sizes)
        print(f"resident after 55,000 images at once: {parts} = {sum(sizes):.0f} MB  (under 1,200)")
        browser.close()


if __name__ == "__main__":
    main()
