"""JavaScript modules joined to one: Streamlit's inline components take a single script, with nothing to import from.

Modules import each other by name, `import { fit, line } from "./canvas.js";`, and each top-level name is used once in
all of them, so that their text can stand in one scope.
"""

import re
from pathlib import Path

FOLDER = Path(__file__).parent / "js"

_IMPORT = re.compile(r'^import\s*\{[^}]*\}\s*from\s*"\./([\w-]+)\.js";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?!default)", re.MULTILINE)
_DECLARED = re.compile(r"^(?:export )?(?:async )?(?:function\*?|const|let|class) (\w+)", re.MULTILINE)


class BundleError(Exception):
    """A module that cannot be joined: the message names it and says why."""


def bundle(name: str, folder: Path = FOLDER) -> str:
    """The module `name`.js with all that it imports before it; only its own `export default` is kept."""
    texts = {module: (folder / f"{module}.js").read_text(encoding="utf-8") for module in _in_order(name, folder)}
    owners: dict[str, str] = {}
    for module, text in texts.items():
        if module != name and "export default" in text:
            raise BundleError(f"{module}.js has a default export; only the module that is mounted may have one.")
        for declared in _DECLARED.findall(text):
            if owners.setdefault(declared, module) != module:
                raise BundleError(f"{module}.js and {owners[declared]}.js both declare {declared}.")
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", text)) for text in texts.values())


def _in_order(name: str, folder: Path, above: tuple[str, ...] = ()) -> list[str]:
    """A module after all that it imports, each once."""
    if name in above:
        raise BundleError(f"{' imports '.join((*above, name))}: modules in a circle cannot be joined.")
    text = (folder / f"{name}.js").read_text(encoding="utf-8")
    if len(_IMPORT.findall(text)) != len(re.findall(r"^import\b", text, re.MULTILINE)):
        raise BundleError(f'{name}.js has an import of another form than import {{ a, b }} from "./module.js";')
    order: list[str] = []
    for imported in _IMPORT.findall(text):
        order += [module for module in _in_order(imported, folder, (*above, name)) if module not in order]
    return [*order, name]
