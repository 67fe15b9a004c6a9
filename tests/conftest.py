"""What holds in every test."""

import logging
import sys
from collections.abc import Iterator
from typing import Any

import pytest

BARE = "missing ScriptRunContext"  # a function of a page, called without a page


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
