"""A visit without a browser: the app opened, its buttons pressed, its words read."""

import re
import time
from collections.abc import Callable

from streamlit.testing.v1 import AppTest


def opened(**params: str) -> AppTest:
    app = AppTest.from_file("../app.py", default_timeout=60)
    app.session_state["painted"] = True  # there is no browser to wait for
    for name, value in params.items():
        app.query_params[name] = value
    return sound(app.run())


def sound(app: AppTest) -> AppTest:
    assert not app.exception, [each.message for each in app.exception]
    return app


def control(app: AppTest):
    return app.session_state["run_control"]


def until(app: AppTest, condition: Callable[[AppTest], bool], seconds: float = 60) -> AppTest:
    end = time.monotonic() + seconds
    while not condition(app):
        assert time.monotonic() < end, f"not within {seconds} s"
        sound(app.run())
    return app


def press(app: AppTest, key: str) -> AppTest:
    return sound(app.button(key=key).click().run())


def trained(**params: str) -> AppTest:
    return until(press(opened(**params), "train"), lambda app: control(app).run.finished)


def metric(app: AppTest, label: str) -> str:
    return next(each.value for each in app.metric if each.label.startswith(label))


def words(app: AppTest) -> str:
    """All that it says, as it is read: what is escaped for Markdown without its backslashes."""
    said = "\n".join(each.value for each in (*app.markdown, *app.caption, *app.warning, *app.info, *app.error))
    return re.sub(r"\u2060|\\([!-/:-@\[-`{-~])", lambda found: found[1] or "", said)
