"""What comes of a request: a result, nothing yet, or a failure in words."""

from typing import Any

import pytest

from mnist_core.errors import EngineError
from ui.requests import Answer, asked, polled


class Request:
    """One that gives or raises what it is told to."""

    def __init__(self, outcome: Any) -> None:
        self.outcome = outcome

    def poll(self, timeout: float) -> Any:
        if isinstance(self.outcome, Exception):
            raise self.outcome
        return self.outcome


@pytest.mark.parametrize(
    ("outcome", "answer"),
    [
        (7, Answer(7)),
        (None, Answer()),
        (EngineError("The worker is gone."), Answer(problem="The worker is gone.")),
        (ZeroDivisionError("no"), Answer(problem="It could not be done (ZeroDivisionError: no). The rest stays.")),
        (MemoryError(), Answer(problem="It could not be done (MemoryError: ). The rest stays.")),
    ],
)
def test_polling_gives_a_result_nothing_yet_or_a_failure_in_words(outcome, answer):
    assert polled(Request(outcome), 0.0, failed="It could not be done", kept="The rest stays.") == answer


def test_asking_gives_the_request_or_says_why_there_is_none():
    request = Request(7)
    assert asked(lambda: request) == Answer(request)

    def gone():
        raise EngineError("The worker is gone.")

    assert asked(gone) == Answer(problem="The worker is gone.")
