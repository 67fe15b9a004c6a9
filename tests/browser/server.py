"""The app on a port of its own: what browser tests and benchmarks start and stop."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import psutil

ROOT = Path(__file__).resolve().parents[2]


@dataclass
class Server:
    """A running app, its process, and what it logs."""

    url: str
    process: subprocess.Popen[bytes]
    log: IO[bytes]

    def warnings(self) -> list[str]:
        """What Streamlit has warned of so far, and whether it asked elsewhere for the address of this machine.

        That it tells as an address where it was answered, and as a warning where it was not.
        """
        self.log.seek(0)
        lines = self.log.read().decode(errors="replace").splitlines()
        told = ("WARNING streamlit", "ERROR streamlit", "  External URL")
        return [line for line in lines if line.startswith(told)]

    def workers(self) -> list[psutil.Process]:
        """Its training processes: the children that hold TensorFlow or are about to."""
        children = psutil.Process(self.process.pid).children(recursive=True)
        return [child for child in children if "spawn_main" in " ".join(child.cmdline())]


def start_server(env: dict[str, str] | None = None, entry: str = "app.py") -> Server:
    """Start a fresh server of the app, or of another script, on a free port, and wait until it answers."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", entry, f"--server.port={port}", "--server.headless=true"]
    log = tempfile.TemporaryFile()
    levels = {"STREAMLIT_LOGGER_MESSAGE_FORMAT": "%(levelname)s %(name)s: %(message)s"}
    process = subprocess.Popen(command, cwd=ROOT, env={**os.environ, **levels, **(env or {})}, stdout=log, stderr=log)
    server = Server(f"http://127.0.0.1:{port}", process, log)
    wait_for(lambda: _answers(f"{server.url}/_stcore/health"), seconds=60)
    return server


def stop_server(server: Server) -> None:
    """End it at once; its workers end with it, and TensorFlow need not be there first."""
    server.process.kill()
    server.process.wait()
    server.log.close()


def wait_for(condition: Callable[[], bool], seconds: float) -> None:
    """Poll until the condition holds; fail when it does not within `seconds`."""
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
