"""README and code must not drift apart."""

import re
from pathlib import Path

import pytest

from mnist_core import dataset, published
from mnist_core.plan import Plan, read_params
from mnist_core.tutorials import TUTORIALS, measure

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_file_map_names_files_that_exist_and_leaves_none_out():
    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([\w/.]+)`", row)}
    for name in named - {"data/"}:
        assert any((ROOT / folder / name).exists() for folder in ("", "ui", "mnist_core", "mnist_core/training")), name
    for path in (*ROOT.glob("mnist_core/*.py"), *ROOT.glob("mnist_core/training/*.py"), *ROOT.glob("ui/*.py")):
        if path.name not in ("__init__.py", "errors.py"):
            assert any(name.endswith(path.name) for name in named), path.name


def test_the_link_in_it_is_a_plan():
    link = re.search(r"`/\?([^`]+)`", README)
    assert link
    params = dict(pair.split("=") for pair in link[1].split("&"))
    assert read_params(params) == (Plan(train_size=5_500, learning_rate=0.1, batch_size="all", steps=2_501), [])


def test_what_it_shows_and_names_is_there():
    assert all((ROOT / name).exists() for name in re.findall(r"!\[[^\]]*\]\(([^)]+)\)", README))
    assert dataset.FOLDER_VARIABLE in README


def test_the_reproduced_table_is_the_commands():
    """Its rows and published figures as the code has them; what E and C measured, measured again."""
    shown = README[README.index("<!-- reproduce all -->") : README.index("<!-- end -->")]
    for letter in TUTORIALS:
        for row in published.rows(letter, {}):
            assert f"| {row.what} | {published.written(row)[0]} | " in shown
    assert shown.count("| yes |") == sum(len(published.rows(letter, {})) for letter in TUTORIALS)
    found = measure(["C", "E"], lambda share: None)
    last = {letter: published.rows(letter, found[letter])[-1] for letter in found}
    for letter, row in last.items():
        told = re.search(rf"\| {re.escape(row.what)} \| [^|]+ \| ([\d.]+) % \|", shown)
        assert told, letter
        assert float(told[1]) == pytest.approx(100 * row.measured, abs=0.1)
