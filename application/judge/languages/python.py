"""Python: the interpreter that runs the server, pruned; each test in a forked child of a warm one."""

from __future__ import annotations

import json
import keyword
import platform
from dataclasses import dataclass

from application.judge.languages.comments import DOUBLE, SINGLE, TEXT_BLOCK, CommentSyntax
from application.judge.languages.language import Host, Language
from application.judge.languages.naming import safe
from application.judge.languages.program import Program, Run
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "int", "float": "float", "bool": "bool", "string": "str"}
_RESERVED = frozenset(keyword.kwlist)


@dataclass(frozen=True)
class Python(Language):
    """Python."""

    id = "python"
    name = "Python"
    suffix = ".py"
    packages = ()
    comments = CommentSyntax((r"#[^\n]*",), (TEXT_BLOCK, r"'''(?:\\.|.)*?'''", DOUBLE, SINGLE))
    script = "script.py"
    included = True

    @classmethod
    def find(cls, host: Host) -> Python:  # noqa: ARG003 - a sandbox has a Python of its own
        """Python as it is in every sandbox."""
        return cls(platform.python_version())

    def starter(self, signature: Signature) -> str:
        """A function with type hints that need no import."""
        params = ", ".join(f"{safe(param.name, _RESERVED)}: {hint(param.type)}" for param in signature.params)
        return (
            f"def {signature.function}({params}) -> {hint(signature.returns)}:\n"
            "    # Write your solution here.\n"
            "    pass\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:  # noqa: ARG002
        """The child is sent the code with each test."""
        sent = {"code": code, "function": signature.function}
        return Program(Run("fork"), lambda args: json.dumps({**sent, "args": args}).encode())

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        return f"def {signature.function}(x):\n    return x\n"


def hint(type_: Type) -> str:
    """A type as a Python type hint: ``list[dict[str, int]]``."""
    if type_.kind == "list":
        return f"list[{hint(type_.element)}]"
    if type_.kind == "map":
        return f"dict[str, {hint(type_.element)}]"
    if type_.kind == "optional":
        return f"{hint(type_.element)} | None"
    return _NAMES[type_.kind]
