"""Selections of misread digits against a plain loop."""

import numpy as np
import pytest

from mnist_core import model
from mnist_core.explain import misread


@pytest.fixture(scope="module")
def made_up():
    rng = np.random.default_rng(2)
    return [model.softmax(rng.normal(size=(400, 10)) * 2) for _ in range(2)], rng.integers(0, 10, 400).astype(np.uint8)


@pytest.mark.parametrize(("truth", "read"), [(None, None), (4, None), (None, 9), (4, 9), (7, 7)])
def test_select_is_what_a_loop_selects(made_up, truth, read):
    (shares, _), labels = made_up
    expected = []
    for i in range(400):
        found = int(shares[i].argmax())
        asked_right = truth is not None and truth == read
        if truth in (None, labels[i]) and read in (None, found) and (found == labels[i]) == asked_right:
            expected.append(i)
    chosen = misread.select(shares, labels, truth, read)
    assert sorted(chosen) == expected
    assert (np.diff(shares[chosen].max(axis=1)) <= 0).all(), "the surest first"


def test_only_one_right(made_up):
    (ours, theirs), labels = made_up
    chosen = misread.only_one_right(ours, theirs, labels)
    expected = [i for i in range(400) if ours[i].argmax() == labels[i] != theirs[i].argmax()]
    assert sorted(chosen) == expected
    assert (np.diff(theirs[chosen].max(axis=1)) <= 0).all()
    assert not set(chosen) & set(misread.only_one_right(theirs, ours, labels))
