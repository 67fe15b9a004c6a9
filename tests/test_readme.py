"""README and code must not drift apart."""

import re
from pathlib import Path

from mnist_core import dataset
from mnist_core.plan import Plan, read_params
from mnist_core.studies.comparison import Row, written
from mnist_core.studies.tutorials import TUTORIALS
from mnist_core.studies.tutorials.tutorial import Findings

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_file_map_names_files_that_exist_and_leaves_none_out():
    """A name is a path, or one beside the row's first; a file is named itself or by its folder."""
    named = set()
    for row in (line.split("|")[1] for line in README.splitlines() if line.startswith("| `")):
        names = re.findall(r"`([\w/.]+)`", row)
        beside = (ROOT / names[0]).parent
        for name in names:
            here = {path for path in (ROOT / name, beside / name) if path.exists()}
            assert here, name
            named |= here
    for path in (*ROOT.glob("mnist_core/**/*.py"), *ROOT.glob("ui/**/*.py")):
        if path.name != "__init__.py":
            assert path in named or path.parent in named, path
    assert not {ROOT, ROOT / "mnist_core", ROOT / "ui"} & named, "a folder that would name everything"


def test_the_link_in_it_is_a_plan():
    link = re.search(r"`/\?([^`]+)`", README)
    assert link
    params = dict(pair.split("=") for pair in link[1].split("&"))
    assert read_params(params) == (Plan(train_size=5_500, learning_rate=0.1, batch_size="all", steps=2_501), [])


def test_what_it_shows_and_names_is_there():
    assert all((ROOT / name).exists() for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README))
    assert dataset.FOLDER_VARIABLE in README


REPRODUCED = README[README.index("<!-- reproduce all -->") : README.index("<!-- end -->")]


def told_of(row: Row) -> float:
    """What the README says was measured of a row, in percent; tests/studies/tutorials/test_c.py measures it again."""
    told = re.search(rf"\| {re.escape(row.what)} \| [^|]+ \| ([\d.]+) % \|", REPRODUCED)
    assert told, row.what
    return float(told[1])


def test_the_reproduced_table_has_the_rows_of_the_command():
    rows = [row for tutorial in TUTORIALS.values() for row in tutorial.rows(Findings())]
    for row in rows:
        assert f"| {row.what} | {written(row)[0]} | " in REPRODUCED
    assert REPRODUCED.count("| yes |") == len(rows)
