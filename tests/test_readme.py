"""README and code must not drift apart."""

import re
from pathlib import Path

from mnist_core import dataset
from mnist_core.plan import Plan, read_params

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_file_map_names_files_that_exist_and_leaves_none_out():
    rows = [line.split("|")[1] for line in README.splitlines() if line.startswith("| `")]
    named = {name for row in rows for name in re.findall(r"`([\w/.]+)`", row)}
    for name in named - {"data/"}:
        assert any((ROOT / folder / name).exists() for folder in ("", "ui", "mnist_core")), name
    for path in (*ROOT.glob("mnist_core/*.py"), *ROOT.glob("ui/*.py")):
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
