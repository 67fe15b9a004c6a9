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


def modules_of(path: Path) -> set[str]:
    """The modules of the product that a file imports, as far as they are named: mnist_core.training.run, ui.chart."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {name for name in found if name.split(".")[0] in {"mnist_core", "ui", "pages", "app"}}


DOWN = {  # a folder, and what nothing in it imports
    "mnist_core": ("ui", "pages", "app"),
    "mnist_core/training": ("mnist_core.studies", "mnist_core.charts", "mnist_core.explain"),
    "mnist_core/explain": ("mnist_core.studies", "mnist_core.charts"),
    "mnist_core/charts": ("mnist_core.studies",),
    "ui": ("pages", "app"),
}


@pytest.mark.parametrize("folder", DOWN)
def test_imports_go_down_only(folder):
    files = [*(ROOT / folder).rglob("*.py")]
    assert files
    for path in files:
        for name in modules_of(path):
            assert not name.startswith(DOWN[folder]), f"{path.relative_to(ROOT)} imports {name}"


def test_there_is_something_to_check():
    assert {"app.py", "graphs.py", "train.py"} <= {path.name for path in SOURCES}


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_streamlit_and_tensorflow_stay_where_they_belong(path):
    names, place = imported(path), path.relative_to(ROOT)
    if place.parts[0] not in STREAMLIT_HOMES:
        assert not {name for name in names if name.startswith("streamlit")}
    if place.parts[0] not in {"tests", "benchmarks"} and place.as_posix() != "mnist_core/training/graphs.py":
        assert "tensorflow" not in names


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_one_reader_and_writer_of_the_session(path):
    if path.relative_to(ROOT).parts[0] in {"ui", "pages", "app.py"} and path.name != "session.py":
        names = {node.attr for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if hasattr(node, "attr")}
        assert "session_state" not in names


def test_each_key_of_the_session_is_declared_once_by_the_module_that_owns_it():
    declared = {}
    for path in SOURCES:
        if path.relative_to(ROOT).parts[0] in {"ui", "pages"}:
            for key in slots(path):
                assert declared.setdefault(key, path) == path, f"{key} is declared by {declared[key]} and {path}"
    assert {"run_control", "mistakes_view", "sheet", "trials"} <= declared.keys()


def slots(path: Path) -> list[str]:
    """The keys of the slots that a module declares, those that are made of parts by their first part."""
    keys = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.value if isinstance(node.func, ast.Subscript) else node.func
            if isinstance(called, ast.Name) and called.id == "Slot":
                first = node.args[0].values[0] if isinstance(node.args[0], ast.JoinedStr) else node.args[0]
                keys += [first.value] if isinstance(first, ast.Constant) else []
    assert len(keys) == len(set(keys)), path
    return keys


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_canvas_is_used_through_one_module(path):
    if path.relative_to(ROOT).as_posix() != "ui/canvas.py":
        assert "streamlit_drawable_canvas" not in imported(path) or path.relative_to(ROOT).parts[0] == "benchmarks"


def test_the_core_reads_a_digit_without_streamlit_or_tensorflow():
    script = (
        "import sys; from mnist_core import dataset, model, preprocess, training; "
        "from mnist_core.charts import axes, ideas, lines, png, run_charts, studies; "
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


COVERED_ELSEWHERE = {  # by the tests of what they are made for
    "errors": "every test of wrong input",
    "choices": "test_fields", "__main__": "test_command_line", "reports": "test_command_line",
    "training/graphs": "training/test_steps", "training/tensors": "training/test_steps", "training/stacked_graphs": "training/test_sweep",
    "studies/five_by_heart": "studies/tutorials/test_d", "studies/tutorials/tutorial": "studies/tutorials/test_registry",
    "charts/figure": "charts/test_studies", "charts/palette": "browser/test_views",
}  # fmt: skip


def test_each_module_of_the_core_has_its_test_file():
    core = ROOT / "mnist_core"
    modules = {
        path.relative_to(core).with_suffix("").as_posix() for path in core.rglob("*.py") if path.stem != "__init__"
    }
    without = {
        name for name in modules if not (ROOT / "tests" / name).with_name(f"test_{name.split('/')[-1]}.py").exists()
    }
    assert without == set(COVERED_ELSEWHERE)
    for tests in COVERED_ELSEWHERE.values():
        assert " " in tests or (ROOT / "tests" / f"{tests}.py").exists(), tests


def test_no_module_of_the_core_is_long():
    for path in (ROOT / "mnist_core").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 200, path
