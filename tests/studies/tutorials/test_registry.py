"""All tutorials: their tables before and after measuring, and a sixth that is one new file."""

from dataclasses import replace

import pytest

from mnist_core.studies import tutorials
from mnist_core.studies.comparison import markdown
from mnist_core.studies.tutorials import TUTORIALS, a, b
from mnist_core.studies.tutorials.tutorial import Findings

SIXTH = """
from mnist_core.plan import Plan
from mnist_core.studies.comparison import Row, nearby
from mnist_core.studies.tutorials.tutorial import PUBLISHED, Findings, Trial, Tutorial, accuracy_of

PLAN = Plan(train_size=100, steps=3)


def rows(found: Findings) -> list[Row]:
    return [nearby(Row("Z", "test accuracy", 0.5), accuracy_of(found.published().get(3)), 1.0)]


TUTORIAL = Tutorial("Z", "The sixth", "a test", "It takes three steps.", "Little.", (Trial(PUBLISHED, PLAN, (0, 3)),), (), (), rows)
"""


@pytest.mark.parametrize("letter", TUTORIALS)
def test_before_anything_is_measured_the_table_has_the_published_figures_only(letter):
    table = TUTORIALS[letter].rows(Findings())
    assert all(row.measured is None and row.agrees is None for row in table)
    assert {row.tutorial for row in table} == {letter} == {TUTORIALS[letter].letter}
    assert markdown(table).count("\n") == len(table) + 1


@pytest.mark.parametrize("letter", TUTORIALS)
def test_every_trial_stops_within_its_run(letter):
    for trial in TUTORIALS[letter].trials:
        assert all(0 <= stop <= trial.plan.steps for stop in trial.stops)


def test_the_letters_are_in_order():
    assert list(TUTORIALS) == ["A", "B", "C", "D", "E"]


def test_a_sixth_tutorial_is_one_new_file(tmp_path, monkeypatch):
    (tmp_path / "z.py").write_text(SIXTH, encoding="utf-8")
    monkeypatch.setattr(tutorials, "__path__", [*tutorials.__path__, str(tmp_path)])
    monkeypatch.setattr(tutorials, "TUTORIALS", tutorials.all_tutorials())
    assert list(tutorials.TUTORIALS) == ["A", "B", "C", "D", "E", "Z"]
    found = tutorials.measure("Z", lambda share: None)["Z"]
    (row,) = tutorials.TUTORIALS["Z"].rows(found)
    assert row.agrees and 0.1 < row.measured < 0.8


def test_a_and_b_are_measured_apart(monkeypatch):
    few = replace(b.SHUFFLES, many=100), replace(b.LONG_SHUFFLES, many=8, block=8)
    monkeypatch.setitem(TUTORIALS, "A", replace(a.TUTORIAL, parts=(replace(a.LATER_SHUFFLES, many=8, block=8),)))
    monkeypatch.setitem(TUTORIALS, "B", replace(b.TUTORIAL, parts=few))
    heard = []
    found = tutorials.measure("AB", heard.append)
    assert len(heard) == 2 + 2 + 1 + 1, "two runs, two blocks of shuffles, one of long ones and one of later ones"
    of_a, of_b = a.rows(found["A"]), b.rows(found["B"])
    assert [row.published for row in of_a] == [0.098, 0.407, 0.782, 0.917]
    assert [row.published for row in of_b] == [0.098, 0.505, 0.918]
    assert of_a[0].agrees and of_b[0].agrees and of_b[-1].agrees
    assert "100 shuffles" in of_b[1].says and of_b[1].agrees is None
    assert "8 shuffles" in of_a[-1].says and of_a[-1].agrees is None


def test_what_two_tutorials_have_in_common_is_measured_once(monkeypatch):
    for letter in "AB":
        monkeypatch.setitem(TUTORIALS, letter, replace(b.TUTORIAL, letter=letter, parts=()))
    heard = []
    found = tutorials.measure("AB", heard.append)
    assert heard == [0.0]
    assert found["A"].published() is found["B"].published()


def test_findings_grow_with_what_is_found_and_leave_others_results_alone():
    blocks = [task.work(*task.args) for task in replace(b.SHUFFLES, many=4, block=2).tasks()]
    none, some = b.TUTORIAL.findings({"shuffles": ()}), b.TUTORIAL.findings({"shuffles": blocks[:1]})
    both = b.TUTORIAL.findings({"shuffles": blocks, "seeds": ("another's",), a.LATER_SHUFFLES.name: ("another's",)})
    assert none.extent() == Findings().extent()
    assert len({none.extent(), some.extent(), both.extent()}) == 3
    assert none.after(b.SHUFFLES, 10) is None
    assert both.after(b.SHUFFLES, 10).tolist() == [row[1] for block in blocks for row in block]
    assert not both.seeds and list(both.shuffles) == ["shuffles"]
