"""TypeScript: checked and compiled by ``tsc``, then run like JavaScript."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass

from application.judge.languages.javascript import ENVIRONMENT, NODE, RESERVED, JavaScript, find_node, node_run
from application.judge.languages.language import Host, Language, NotInstalled, harness
from application.judge.languages.naming import safe
from application.judge.languages.program import WORK, Build, Mount, Program
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

COMPILER = "/usr/share/nodejs/typescript"
_NAMES = {"int": "number", "float": "number", "bool": "boolean", "string": "string"}
_OPTIONS = (
    *("--pretty", "false", "--strict", "--target", "es2022", "--lib", "es2022"),
    *("--module", "es2022", "--moduleDetection", "force", "--esModuleInterop", "--noEmitOnError", "--inlineSourceMap"),
)
"""Every program is a module, so that its names may be those of globals."""


@dataclass(frozen=True)
class TypeScript(Language):
    """TypeScript, run by Node."""

    mounts: tuple[Mount, ...]
    compiler: tuple[Mount, ...]

    id = "typescript"
    name = "TypeScript"
    suffix = ".ts"
    packages = ("node-typescript",)
    comments = JavaScript.comments

    @classmethod
    def find(cls, host: Host) -> TypeScript:
        """Debian's compiler, run by the Node that runs JavaScript."""
        compiler = host.mounts(COMPILER)
        told = host.told(host.program("tsc"), "--version")
        version = re.search(r"\d+\.\d+\.\d+", told)
        if not compiler or not version:
            raise NotInstalled(f"there is no TypeScript in {COMPILER}")
        return cls(version[0], find_node(host)[1], compiler)

    def starter(self, signature: Signature) -> str:
        """A function with its types. It returns what the compiler cannot object to."""
        params = ", ".join(f"{safe(param.name, RESERVED)}: {_type(param.type)}" for param in signature.params)
        return (
            f"function {signature.function}({params}): {_type(signature.returns)} {{\n"
            f"  // Write your solution here.\n  return {_zero(signature.returns)};\n}}\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:
        """The process is told where the compiled code lies."""
        older = self.version.startswith("4.")
        options = (*_OPTIONS, "--moduleResolution", "node" if older else "bundler")
        build = Build(
            {"solution.ts": code, "context.d.ts": harness("context.d.ts")},
            ((NODE, "--max-old-space-size=1024", f"{COMPILER}/lib/tsc.js", *options, "solution.ts", "context.d.ts"),),
            ("solution.js",),
            (*self.mounts, *self.compiler),
            ENVIRONMENT,
        )
        run = node_run(self.mounts, limits)
        sent = {"file": f"{WORK}/solution.js", "function": signature.function}
        return Program(run, lambda args: json.dumps({**sent, "args": args}).encode(), build)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        type_ = _type(signature.params[0].type)
        return f"function {signature.function}(x: {type_}): {type_} {{\n  return x;\n}}\n"


def _type(type_: Type) -> str:
    if type_.kind == "list":
        inner = _type(type_.element)
        return f"({inner})[]" if type_.element.kind == "optional" else f"{inner}[]"
    if type_.kind == "map":
        return f"Record<string, {_type(type_.element)}>"
    if type_.kind == "optional":
        return f"{_type(type_.element)} | null"
    return _NAMES[type_.kind]


def _zero(type_: Type) -> str:
    zeros = {"int": "0", "float": "0", "bool": "false", "string": '""', "list": "[]", "map": "{}", "optional": "null"}
    return zeros[type_.kind]
