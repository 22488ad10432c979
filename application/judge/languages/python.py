"""Python: the interpreter that runs the server, pruned; each test in a forked child."""

from __future__ import annotations

import platform
from dataclasses import dataclass
from typing import Any

from application.judge.sandbox import Mount
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "int", "float": "float", "bool": "bool", "string": "str"}


@dataclass(frozen=True)
class Python:
    """The language Python."""

    version: str
    id: str = "python"
    name: str = "Python"
    mounts: tuple[Mount, ...] = ()

    def setup(self, limits: Limits) -> dict[str, Any]:  # noqa: ARG002 - the same in every language
        """Each test in a fork of the supervisor itself."""
        return {"mode": "fork"}

    def starter(self, signature: Signature) -> str:
        """A function with type hints that need no import."""
        params = ", ".join(f"{param.name}: {hint(param.type)}" for param in signature.params)
        return (
            f"def {signature.function}({params}) -> {hint(signature.returns)}:\n"
            "    # Write your solution here.\n"
            "    pass\n"
        )


def hint(type_: Type) -> str:
    """A type as a Python type hint: ``list[dict[str, int]]``."""
    if type_.kind == "list":
        return f"list[{hint(type_.element)}]"
    if type_.kind == "map":
        return f"dict[str, {hint(type_.element)}]"
    if type_.kind == "optional":
        return f"{hint(type_.element)} | None"
    return _NAMES[type_.kind]


def find() -> Python:
    """Python as it is in the sandbox."""
    return Python(platform.python_version())
