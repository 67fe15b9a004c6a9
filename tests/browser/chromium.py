"""A Chromium for the tests: CHROMIUM if set, else an installed one, else Playwright's own, else apt's.

`python -m tests.browser.chromium` sees to it that there is one, and says what to do where that fails.
"""

import os
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import Error, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class NoBrowser(Exception):
    """There is no Chromium to test with; the message says how to get one."""


def find() -> str:
    """The path of a Chromium or Chrome on this machine; NoBrowser where there is none."""
    chosen = os.environ.get("CHROMIUM")
    if chosen:
        path = shutil.which(chosen)
        if path is None:
            raise NoBrowser(f"CHROMIUM is {chosen!r}, which is not a program; expected the path of a Chromium.")
        return path
    installed = next(filter(None, map(shutil.which, (*NAMES, *MAC))), None)
    if installed:
        return installed
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    if Path(own).exists():
        return own
    raise NoBrowser(
        "The browser tests need Chromium or Chrome, and there is none. "
        "Run `.venv/bin/playwright install --with-deps chromium`, or set CHROMIUM to the path of one."
    )


def ensure() -> str:
    """Find a Chromium or install one, and start it once."""
    try:
        path = find()
    except NoBrowser:
        if os.environ.get("CHROMIUM"):
            raise
        _install()
        path = find()
    try:
        with sync_playwright() as playwright:
            playwright.chromium.launch(executable_path=path, args=ARGUMENTS).close()
    except Error as error:
        raise NoBrowser(f"{path} does not start: {error.message.splitlines()[0]}") from error
    return path


def _install() -> None:
    if subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"]).returncode == 0:
        return
    if platform.system() == "Linux" and shutil.which("apt-get") and os.geteuid() == 0:
        quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], env=quiet)
        subprocess.run(["apt-get", "install", "-y", "-qq", "--no-install-recommends", "chromium"], env=quiet)


if __name__ == "__main__":
    try:
        print(f"Browser for the tests: {ensure()}")
    except NoBrowser as error:
        sys.exit(str(error))
