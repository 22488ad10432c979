"""Lua 5.4: the interpreter of the system and nothing beside it; one process a test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from application.judge.languages.comments import DOUBLE, SINGLE, CommentSyntax
from application.judge.languages.language import Host, Language
from application.judge.languages.missing import WITHIN, hinted
from application.judge.languages.naming import safe
from application.judge.languages.program import Mount, Program, Run
from application.judge.languages.tokens import tokens
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "integer", "float": "number", "bool": "boolean", "string": "string"}
_ZEROS = {"int": "0", "float": "0.0", "bool": "false", "string": '""', "list": "{}", "map": "{}", "optional": "nil"}
_RESERVED = frozenset(
    "and break do else elseif end false for function goto if in local nil not or repeat return then true until while "
    "assert collectgarbage coroutine debug dofile error getmetatable io ipairs load loadfile math next null os package "
    "pairs pcall print rawequal rawget rawlen rawset require select setmetatable string table tonumber tostring type "
    "utf8 warn xpcall".split()
)
"""Its keywords and what it defines itself, which a parameter of that name would hide."""

_OBSTACLES = (
    (r"\blocal\s+(?:function\s+)?FUNCTION", "It is local there: leave that word out."),
    (r"\bfunction\s+(\w+)[.:]FUNCTION", WITHIN),
)


@dataclass(frozen=True)
class Lua(Language):
    """Lua 5.4."""

    interpreter: Path
    mounts: tuple[Mount, ...]

    id = "lua"
    name = "Lua"
    suffix = ".lua"
    packages = ("lua5.4",)
    comments = CommentSyntax(
        (r"--\[(?P<level>=*)\[.*?(?:\](?P=level)\]|\Z)", r"--[^\n]*"),
        (r"\[(?P<mark>=*)\[.*?(?:\](?P=mark)\]|\Z)", DOUBLE, SINGLE),
    )

    @classmethod
    def find(cls, host: Host) -> Lua:
        """lua5.4; its library is part of it."""
        interpreter = host.program("lua5.4").resolve()
        words = host.told(interpreter, "-v").split()
        mounts = (*host.mounts(str(interpreter)), *host.libraries)
        return cls(words[1] if len(words) > 1 else "5.4", interpreter, mounts)

    def starter(self, signature: Signature) -> str:
        """A function with its types as the Lua language server writes them."""
        names = [safe(param.name, _RESERVED) for param in signature.params]
        lines = [f"---@param {name} {_type(param.type)}\n" for name, param in zip(names, signature.params, strict=True)]
        types = (signature.returns, *(param.type for param in signature.params))
        if any(inner.kind == "optional" for type_ in types for inner in _inside(type_)):
            lines.insert(0, "-- In lists and maps, null stands for nothing, since nil would leave a gap.\n")
        return (
            f"{''.join(lines)}---@return {_type(signature.returns)}\n"
            f"function {safe(signature.function, _RESERVED)}({', '.join(names)})\n"
            f"  -- Write your solution here.\n  return {_ZEROS[signature.returns.kind]}\nend\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:  # noqa: ARG002
        """The player's code is part of the request, with the types, and before the arguments. Plain Lua opens no
        descriptor by its number, so that its standard output is taken for the answer."""
        text = code.encode("utf-8", "replace")
        types = " ".join(str(param.type) for param in signature.params)
        head = f"{safe(signature.function, _RESERVED)}\n{signature.returns}\n{types}\n{len(text)}\n".encode()

        def request(args: list[Any]) -> bytes:
            return b"%b%b\n%b" % (head, text, tokens(args, signature))

        command = (str(self.interpreter), "-E", "/judge/lua.lua")
        told = partial(hinted, function=safe(signature.function, _RESERVED), code=code, obstacles=_OBSTACLES)
        return Program(Run("each", command, mounts=self.mounts, result=1, own_mib=16), request, told=told)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        return f"function {safe(signature.function, _RESERVED)}(x)\n  return x\nend\n"


def _inside(type_: Type) -> Iterator[Type]:
    """The types within lists and maps."""
    while type_.of is not None:
        if type_.kind != "optional":
            yield type_.of
        type_ = type_.of


def _type(type_: Type, nothing: str = "nil") -> str:
    if type_.kind == "list":
        inner = _type(type_.element, "null")
        return f"({inner})[]" if type_.element.kind == "optional" else f"{inner}[]"
    if type_.kind == "map":
        return f"table<string, {_type(type_.element, 'null')}>"
    if type_.kind == "optional":
        return f"{_type(type_.element)}|{nothing}"
    return _NAMES[type_.kind]
