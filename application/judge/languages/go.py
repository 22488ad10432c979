"""Go, compiled and linked statically by its own tools; no C is involved."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from pathlib import PurePosixPath

from application.judge.languages.comments import BLOCK, DOUBLE, SINGLE, SLASHES, CommentSyntax
from application.judge.languages.language import Host, Language, NotInstalled, harness
from application.judge.languages.missing import Obstacle, missing_with_hint, unlike
from application.judge.languages.naming import camel, safe
from application.judge.languages.program import WORK, Build, Mount, Program, Run
from application.judge.languages.tokens import tokens
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "int", "float": "float64", "bool": "bool", "string": "string"}
_ZEROS = {"int": "0", "float": "0", "bool": "false", "string": '""', "list": "{}", "map": "{}", "optional": "nil"}
_KEYWORDS = (
    "break case chan const continue default defer else fallthrough for func go goto if import interface map package "
    "range return select struct switch type var "
    # What is built in may be hidden, but the types that follow in a signature would be the hiding thing.
    "any bool error false float64 init int len main make nil string true codemaze"
)
_RESERVED = frozenset(_KEYWORDS.split())

_CALL = "zz_call.go"
"""Go runs the init functions of a package in the order of the names of their files."""

_MAIN = re.compile(r"^func\s+main\s*\(", re.MULTILINE)
_PACKAGE = re.compile(r"\A((?:\s|//[^\n]*(?:\n|\Z)|/\*(?s:.*?)\*/)*)package[ \t]+\w+")
_OBSTACLES: tuple[Obstacle, ...] = (
    (r"^func\s*\([^)\n]*\)\s*FUNCTION", "It is a method of something there, and has to be a function."),
)


@dataclass(frozen=True)
class Go(Language):
    """Go with its standard library."""

    root: str
    mounts: tuple[Mount, ...]

    id = "go"
    name = "Go"
    suffix = ".go"
    packages = ("golang-go",)
    comments = CommentSyntax((SLASHES, BLOCK), (DOUBLE, SINGLE, "`[^`]*`"))

    @classmethod
    def find(cls, host: Host) -> Go:
        """The tools and the standard library, most of which Debian keeps in /usr/share."""
        compiler = host.program("go")
        root = host.told(compiler, "env", "GOROOT")
        version = re.search(r"go(\d+(\.\d+)+)", host.told(compiler, "version"))
        if not root or version is None:
            raise NotInstalled(f"{compiler} does not say what it is")
        shared = f"/usr/share/{PurePosixPath(root).name}"
        mounts = host.mounts(root, f"{shared}/src", f"{shared}/pkg")
        return cls(version[1], root, (*mounts, *host.libraries))

    def starter(self, signature: Signature) -> str:
        """A function of the language's own types."""
        kind = signature.returns.kind
        zero = f"{_type(signature.returns)}{{}}" if kind in ("list", "map") else _ZEROS[kind]
        return f"package main\n\n{_head(signature)} {{\n\t// Write your solution here.\n\treturn {zero}\n}}\n"

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:
        """The harness is a package of its own, so that the player's file may define what it likes: an overlay gives it
        the folder that it needs."""
        types = ", ".join(_type(param.type) for param in signature.params)
        # A main of the player's own is left to be as it is: what runs last of all that runs before it is the call.
        start = "init" if _MAIN.search(code) else "main"
        function = safe(camel(signature.function), _RESERVED)
        main = (
            'package main\n\nimport codemaze "codemaze/harness"\n\n'
            f"func {start}() {{\n\tvar solution func({types}) {_type(signature.returns)} = {function}\n"
            f"\tcodemaze.Run(solution, {max(limits.memory_mib // 2, 16)})\n}}\n"
        )
        language = ".".join(self.version.split(".")[:2])
        tool = f"{self.root}/bin/go"
        build = Build(
            {
                "solution.go": _in_main(code),
                _CALL: main,
                "harness": harness("go.go"),
                "overlay.json": json.dumps({"Replace": {"harness/harness.go": "harness"}}),
                "go.mod": f"module codemaze\n\ngo {language}\n",
            },
            ((tool, "build", "-overlay=overlay.json", "-ldflags=-s -w", "-o", "program", "."),),
            ("program",),
            self.mounts,
            (
                *(("GOROOT", self.root), ("GOPATH", f"{WORK}/go"), ("GOCACHE", f"{WORK}/cache"), ("GOTMPDIR", WORK)),
                # Nothing is fetched, no compiler of C is called, and no configuration is looked for.
                *(("GOENV", "off"), ("GOPROXY", "off"), ("GOTOOLCHAIN", "local"), ("GOFLAGS", "-mod=mod")),
                *(("CGO_ENABLED", "0"), ("GOTELEMETRY", "off"), ("PATH", "/usr/bin")),
            ),
        )
        environment = (("GOMAXPROCS", "1"), ("GOMEMLIMIT", f"{limits.memory_mib}MiB"), ("GOTRACEBACK", "single"))
        run = Run("each", (f"{WORK}/program",), environment, threads=16, limit="data")
        told = partial(_told, code=code, signature=signature)
        return Program(run, lambda args: tokens(args, signature), build, told=told)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        return f"package main\n\n{_head(signature)} {{\n\treturn {safe(signature.params[0].name, _RESERVED)}\n}}\n"


def _in_main(code: str) -> str:
    """The code as a file of the package main, whatever package it names, if any; lines and columns stay its own."""
    if _PACKAGE.search(code):
        return _PACKAGE.sub(r"\1package main", code)
    return f"package main;/*line solution.go:1:1*/{code}"


def _told(message: str, *, code: str, signature: Signature) -> str:
    """Errors that stand in the player's file; those of the file that calls the function are about the function."""
    if not message.startswith("# codemaze"):
        return message
    lines = [line.removeprefix("./") for line in message.splitlines()[1:]]
    own = [line for line in lines if not line.startswith(_CALL)]
    function = safe(camel(signature.function), _RESERVED)
    if any(line.startswith("solution.go:") for line in own):
        return "\n".join(own)
    if f"undefined: {function}" in message:
        return missing_with_hint(function, code, _OBSTACLES)
    return unlike(function, _head(signature)) if len(own) < len(lines) else "\n".join(own)


def _head(signature: Signature) -> str:
    params = ", ".join(f"{safe(camel(param.name), _RESERVED)} {_type(param.type)}" for param in signature.params)
    return f"func {safe(camel(signature.function), _RESERVED)}({params}) {_type(signature.returns)}"


def _type(type_: Type) -> str:
    if type_.kind == "list":
        return f"[]{_type(type_.element)}"
    if type_.kind == "map":
        return f"map[string]{_type(type_.element)}"
    if type_.kind == "optional":
        return f"*{_type(type_.element)}"
    return _NAMES[type_.kind]
