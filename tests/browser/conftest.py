"""A server of its own for each test file, and a real browser; what no other kind of test can show."""

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.browser import chromium

ROOT = Path(__file__).resolve().parents[2]
SIZES = {"projector": (1280, 720), "desktop": (1600, 1000), "phone": (390, 844)}
expect.set_options(timeout=30_000)


@dataclass
class Server:
    """A running app and its process."""

    url: str
    process: subprocess.Popen[bytes]

    def workers(self) -> list[psutil.Process]:
        """Its training processes: the children that hold TensorFlow or are about to."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def start_server(env: dict[str, str] | None = None) -> Server:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", f"--server.port={port}", "--server.headless=true"]
    process = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **(env or {})}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    server = Server(f"http://127.0.0.1:{port}", process)
    wait_for(lambda: _answers(f"{server.url}/_stcore/health"), seconds=60)
    return server


def stop_server(server: Server) -> None:
    server.process.terminate()
    try:
        server.process.wait(15)
    except subprocess.TimeoutExpired:
        server.process.kill()
        server.process.wait()


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    """Poll until the condition holds; fail when it does not within `seconds`."""
    import time

    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, f"still not so after {seconds} s: {condition}"
        time.sleep(0.05)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1):
            return True
    except OSError:
        return False


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.ARGUMENTS)
        yield running
        running.close()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    running = start_server()
    yield running
    stop_server(running)


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    width, height = SIZES["projector"]
    tab = browser.new_page(viewport={"width": width, "height": height})
    yield tab
    tab.close()
