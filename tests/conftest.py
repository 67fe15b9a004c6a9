"""What holds in every test, and what several test files look at and is dear to make, made once."""

import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest

from mnist_core.studies.tutorials import measure
from mnist_core.studies.tutorials.tutorial import Findings

BARE = "missing ScriptRunContext"  # a function of a page, called without a page


@pytest.fixture(scope="session")
def measured() -> tuple[dict[str, Findings], list[float]]:
    """Tutorials C and E as `reproduce` measures them, and the shares done that it told of on the way."""
    shares: list[float] = []
    return measure(["C", "E"], shares.append), shares


@pytest.fixture(autouse=True)
def quiet_log(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test in which Streamlit logs a warning, other than that there is no page."""
    told = []
    make = logging.getLogRecordFactory()  # its loggers pass nothing on, so that each record is seen where it is made

    def seen(*args: Any, **options: Any) -> logging.LogRecord:
        record = make(*args, **options)
        if record.name.startswith("streamlit") and record.levelno >= logging.WARNING:
            told.append(f"{record.name}: {record.getMessage()}")
        return record

    policies = sys.modules.get("streamlit.elements.lib.policies")
    if policies is not None:  # it tells of a default that is overruled only once in a process
        monkeypatch.setattr(policies, "_shown_default_value_warning", False)
    logging.setLogRecordFactory(seen)
    yield
    logging.setLogRecordFactory(make)
    assert not [each for each in told if BARE not in each]
