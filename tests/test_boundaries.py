"""Who may import what: the borders that keep the core usable without a screen, and the screen free of TensorFlow."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(
    path for path in ROOT.rglob("*.py") if not any(part.startswith(".") for part in path.relative_to(ROOT).parts)
)
STREAMLIT_HOMES = {"app.py", "pages", "ui", "tests", "benchmarks"}


def imported(path: Path) -> set[str]:
    names = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names


def test_there_is_something_to_check():
    assert {"app.py", "graphs.py", "train.py"} <= {path.name for path in SOURCES}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_borders(path):
    names, place = imported(path), path.relative_to(ROOT)
    if place.parts[0] not in STREAMLIT_HOMES:
        assert not {name for name in names if name.startswith("streamlit")}
    if place.parts[0] not in {"tests", "benchmarks"} and place.as_posix() != "mnist_core/training/graphs.py":
        assert "tensorflow" not in names
    if place.parts[0] == "mnist_core":
        assert not names & {"ui", "pages", "app"}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_one_reader_and_writer_of_the_session(path):
    if path.relative_to(ROOT).parts[0] in {"ui", "pages", "app.py"} and path.name != "session.py":
        names = {node.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if hasattr(node, "attr")}
        assert "session_state" not in names


def test_the_core_reads_a_digit_without_streamlit_or_tensorflow():
    script = (
        "import sys; from mnist_core import dataset, digit, model, training; from mnist_core.charts import ideas, lines, png, run_charts, studies; "
        "from mnist_core.training import checkpoint, chunk, overshoot, run, sweep, worker; "
        "print(model.predict(checkpoint.load(checkpoint.PRETRAINED)[1].parameters, dataset.load_test().images[0]), "
        "[name for name in ('streamlit', 'tensorflow', 'plotly') if name in sys.modules])"
    )
    found = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert found.stdout.strip() == "7 []"


def test_nothing_of_one_machine_is_in_the_repository():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode:
        pytest.skip("not a git checkout")
    for name in listed.stdout.split():
        path = ROOT / name
        if path.is_file() and path.suffix not in {".gz", ".npz", ".png", ".ico"}:
            text = path.read_text(encoding="utf-8")
            for word in ("/ho" + "me/", "/ro" + "ot/", "/wo" + "rk/", "pypi" + ".org", "files.python" + "hosted"):
                assert word not in text, f"{name} mentions {word}"
