"""What several test files look at and is dear to make, made once."""

import pytest

from mnist_core.studies.tutorials import measure
from mnist_core.studies.tutorials.tutorial import Findings


@pytest.fixture(scope="session")
def measured() -> tuple[dict[str, Findings], list[float]]:
    """Tutorials C and E as `reproduce` measures them, and the shares done that it told of on the way."""
    shares: list[float] = []
    return measure(["C", "E"], shares.append), shares
