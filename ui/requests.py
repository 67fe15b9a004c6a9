"""Asking the training process for work, and taking what comes of it: a result, nothing yet, or a failure in words."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from mnist_core.errors import MnistLabError
from mnist_core.training.worker import Request

T = TypeVar("T")


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What a request has come to: the result, None while there is none, or why there will be none."""

    result: T | None = None
    problem: str = ""


def asked(ask: Callable[[], Request[T]]) -> Answer[Request[T]]:
    """The request that `ask` makes, or in words why it cannot be made."""
    try:
        return Answer(ask())
    except MnistLabError as error:
        return Answer(problem=str(error))


def polled(request: Request[T], seconds: float, *, failed: str, kept: str) -> Answer[T]:
    """What a request gives within `seconds`; whatever the work may raise comes back as words, so the page stays usable.

    An error of ours says itself what is wrong; of another, `failed` says what could not be done and `kept` what stays.
    """
    try:
        return Answer(request.poll(seconds))
    except MnistLabError as error:
        return Answer(problem=str(error))
    except Exception as error:
        return Answer(problem=f"{failed} ({type(error).__name__}: {error}). {kept}")
