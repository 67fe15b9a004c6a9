"""A command of the product, given in the process of the tests."""

import contextlib
import io
import sys
from dataclasses import dataclass
from unittest import mock

import pytest

from mnist_core.__main__ import main


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status, and what it wrote."""

    returncode: int
    stdout: str
    stderr: str


def run(*arguments: object) -> Ended:
    """A command in this process, where TensorFlow is up already."""
    stdout, stderr = io.StringIO(), io.StringIO()
    with (
        contextlib.redirect_stdout(stdout),
        contextlib.redirect_stderr(stderr),
        mock.patch.object(sys, "argv", ["mnist_core", *map(str, arguments)]),
        pytest.raises(SystemExit) as ended,
    ):
        main()
    return Ended(ended.value.code or 0, stdout.getvalue(), stderr.getvalue())
