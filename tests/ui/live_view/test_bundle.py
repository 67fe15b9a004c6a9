"""JavaScript modules joined to one script: order, names, and what cannot be joined."""

import re
from pathlib import Path

import pytest

from ui.live_view.bundle import FOLDER, BundleError, bundle

VIEWS = ("bars", "curves", "flat", "histogram", "matrix", "numbers", "scrubber", "tiles", "wall")


def written(folder: Path, **modules: str) -> Path:
    for name, text in modules.items():
        (folder / f"{name}.js").write_text(text)
    return folder


def test_imports_come_first_and_once(tmp_path):
    base = "export const base = 1;\n"
    left = 'import { base } from "./base.js";\nexport const left = base + 1;\n'
    right = 'import {\n  base,\n} from "./base.js";\nimport { left } from "./left.js";\nexport function right() {}\n'
    top = 'import { right } from "./right.js";\nimport { left } from "./left.js";\nexport default right;\n'
    joined = bundle("top", written(tmp_path, base=base, left=left, right=right, top=top))
    assert [line for line in joined.splitlines() if line] == [
        "const base = 1;",
        "const left = base + 1;",
        "function right() {}",
        "export default right;",
    ]


@pytest.mark.parametrize(
    ("modules", "words"),
    [
        (
            {"top": 'import { a } from "./a.js";\nconst b = 1;\n', "a": "export const a = 1;\nconst b = 2;\n"},
            "both declare b",
        ),
        ({"top": 'import { a } from "./a.js";\n', "a": 'import { top } from "./top.js";\n'}, "circle"),
        ({"top": 'import a from "./a.js";\n', "a": ""}, "another form"),
        ({"top": 'import { a } from "./a.js";\n', "a": "export default 1;\n"}, "default export"),
    ],
)
def test_what_cannot_be_joined_is_said(tmp_path, modules, words):
    with pytest.raises(BundleError, match=words):
        bundle("top", written(tmp_path, **modules))


def test_each_view_is_a_script_of_its_own_without_imports():
    mounted = {path.stem for path in FOLDER.glob("*.js") if "export default" in path.read_text(encoding="utf-8")}
    assert mounted == set(VIEWS)
    for view in VIEWS:
        script = bundle(view)
        assert "import " not in script
        assert script.count("export ") == script.count("export default mounted(") == 1


def test_colours_come_from_python_alone():
    for path in (*FOLDER.glob("*.js"), FOLDER.parent / "style.css"):
        written_out = re.findall(r"#(?:[0-9a-f]{3}|[0-9a-f]{6}|[0-9a-f]{8})\b", path.read_text(encoding="utf-8"), re.I)
        assert not written_out, f"{path.name}: {written_out}"
