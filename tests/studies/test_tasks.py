"""Maps and folds of tasks, against the same calls written out."""

from functools import partial
from itertools import accumulate
from operator import add, mul

import pytest

from mnist_core.studies.tasks import fold_tasks, map_tasks, results_of


def test_a_map_is_its_work_done_to_each_of_the_inputs():
    tasks = map_tasks("powers", pow, [(2, 3), (3, 2), (10, 0)])
    assert [task.part for task in tasks] == ["powers"] * 3
    assert results_of(tasks) == (8, 9, 1)
    assert results_of(tasks[1:2]) == (9,), "none needs another's result"


def test_a_fold_hands_each_result_on_to_the_next_step():
    tasks = fold_tasks("sums", add, partial(int, "100"), [1, 2, 3])
    assert results_of(tasks) == tuple(accumulate([1, 2, 3], add, initial=100)) == (100, 101, 103, 106)
    assert results_of(fold_tasks("nothing", add, int, [])) == (0,)


def test_of_a_fold_that_keeps_the_last_result_the_others_are_let_go():
    assert results_of(fold_tasks("sums", add, partial(int, "100"), [1, 2, 3], keep="last")) == (None, None, None, 106)


@pytest.mark.parametrize("keep", ["all", "last"])
def test_a_fold_neither_takes_nor_spoils_what_came_before_it(keep):
    before = map_tasks("one", mul, [(6, 7)]) + fold_tasks("two", add, partial(int, "5"), [5], keep=keep)
    results = results_of(before + fold_tasks("three", add, int, [1, 1], keep=keep))
    assert results == ((42, 5, 10, 0, 1, 2) if keep == "all" else (42, None, 10, None, None, 2))
