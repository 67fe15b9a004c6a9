"""How the live view moves, in a real browser: python -m benchmarks.live_view

- pictures a second and the longest stall, the time between two animation frames, while a run is shown: the classic one,
  and one whose full batches keep both cores busy
- the longest stall while the Train page loads
- pictures a second while a run is played on the Weights page
- how long the worker goes on after the tab of an endless run is closed
"""

import statistics
import time
from dataclasses import dataclass

from playwright.sync_api import Browser, Page, sync_playwright

from mnist_core.plan import ALL, Plan
from tests.browser import chromium
from tests.browser.server import Server, start_server, stop_server, wait_for
from tests.browser.train import open_train, press, wait_until_done
from tests.browser.watch import SCRUBBED, SEEN, STALLS, WATCH

RUNS = 3
PLANS = {
    "classic run": Plan(),
    "full batches of 5,500": Plan(train_size=5_500, batch_size=ALL, learning_rate=0.1, steps=1_500),
}


@dataclass(frozen=True)
class Seen:
    """What was seen of one run: different weight pictures a second, and the longest stalls in ms."""

    pictures: float
    stall: float
    loading: float


def watch(browser: Browser, server: Server, plan: Plan) -> Seen:
    """Train in a new tab, with every animation frame watched."""
    tab = browser.new_page(viewport={"width": 1280, "height": 720})
    tab.add_init_script(STALLS)
    open_train(tab, server, plan)
    loading = float(tab.evaluate("window.longestStall"))
    tab.evaluate(WATCH)
    press(tab, "train")
    wait_until_done(tab)
    seen = tab.evaluate(SEEN)
    tab.close()
    return Seen(seen["pictures"] / seen["seconds"], seen["stall"], loading)


def play(browser: Browser, server: Server) -> float:
    """Different pictures a second while the classic run is played on the Weights page."""
    tab = browser.new_page(viewport={"width": 1280, "height": 720})
    open_train(tab, server, Plan())
    press(tab, "train")
    wait_until_done(tab)
    tab.get_by_role("link", name="Weights").click()
    tab.locator(".scrubber .stops button").first.click()
    wait_for(lambda: _step(tab) == 0, 10)
    tab.evaluate(SCRUBBED)
    tab.locator(".scrubber .play").click()
    wait_for(lambda: _step(tab) == Plan().steps, 30)
    found = tab.evaluate("() => seen.pictures.size / (seen.last - seen.began) * 1000")
    tab.close()
    return float(found)


def close(browser: Browser, server: Server) -> float:
    """Seconds from the closing of the tab of a run under way until the worker has nothing to do."""
    tab = browser.new_page(viewport={"width": 1280, "height": 720})
    open_train(tab, server, Plan(batch_size=ALL, steps=100_000))
    press(tab, "train")
    (worker,) = server.workers()
    wait_for(lambda: worker.cpu_percent(0.5) > 20, 30)
    tab.close()
    began = time.perf_counter()
    wait_for(lambda: worker.cpu_percent(0.2) < 5, 60)
    return time.perf_counter() - began


def _step(tab: Page) -> int:
    return int(tab.locator(".scrubber").get_attribute("data-step") or -1)


def main() -> None:
    """Measure and print medians, with the range of the runs."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        server = start_server()
        try:
            loading = list[float]()
            for name, plan in PLANS.items():
                runs = [watch(browser, server, plan) for _ in range(RUNS)]
                loading += [seen.loading for seen in runs]
                row(f"{name}: pictures a second", [seen.pictures for seen in runs], "at least 19")
                row(f"{name}: longest stall, ms", [seen.stall for seen in runs], "under 150")
            row("Train page: longest stall while it loads, ms", loading, "under 200")
            row("Weights page: pictures a second", [play(browser, server) for _ in range(RUNS)], "at least 20")
            row("seconds until a closed tab's worker rests", [close(browser, server) for _ in range(RUNS)], "under 5")
        finally:
            stop_server(server)
            browser.close()


def row(name: str, found: list[float], goal: str) -> None:
    """One line: the median and the range."""
    print(f"{name:48} {statistics.median(found):6.1f}  ({min(found):.1f} to {max(found):.1f}; {goal})", flush=True)


if __name__ == "__main__":
    main()
