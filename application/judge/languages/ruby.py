"""Ruby: the interpreter of the system with its standard library and no gems; one process a test."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from application.judge.languages.comments import (
    BACKQUOTED,
    HEREDOC,
    LONG_DOUBLE,
    LONG_SINGLE,
    PAIRED,
    REGEX,
    CommentSyntax,
)
from application.judge.languages.exact import exact
from application.judge.languages.language import Host, Language
from application.judge.languages.missing import WITHIN, hinted
from application.judge.languages.naming import safe
from application.judge.languages.program import Mount, Program, Run
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "Integer", "float": "Float", "bool": "Boolean", "string": "String"}
_ZEROS = {"int": "0", "float": "0.0", "bool": "false", "string": '""', "list": "[]", "map": "{}", "optional": "nil"}
_KEYWORDS = frozenset(
    "alias and begin break case class def defined do else elsif end ensure false for if in module next nil not or "
    "redo rescue retry return self super then true undef unless until when while yield".split()
)
# A function at the top is a method of every object, so one of these would stand in the way of the standard library.
_RESERVED = _KEYWORDS | frozenset(
    "abort at_exit autoload binding caller caller_locations catch clone define_singleton_method display dup enum_for "
    "eval exec exit extend fail fork format freeze frozen gets global_variables hash initialize initialize_clone "
    "initialize_copy initialize_dup inspect instance_eval instance_exec instance_variable_get instance_variable_set "
    "instance_variables itself lambda load local_variables loop method method_missing methods object_id open p pp "
    "print printf proc public_method public_methods public_send putc puts raise rand readline readlines require "
    "require_relative respond_to_missing select send singleton_class singleton_method singleton_methods sleep spawn "
    "sprintf srand syscall system tap test throw to_a to_ary to_enum to_hash to_proc to_s to_str trap warn "
    "yield_self".split()
)
_PERCENT = rf"%[qQwWiIrx]?(?:{PAIRED}|\|[^|\n]*\|)"
_STACK = 32 * 1024 * 1024
"""Bytes of Ruby's own stack, enough for some 200 000 calls in one another; its default ends near 10 000."""

_OBSTACLES = ((r"^\s*((?:class|module)\s+\w+)(?s:.*)\bdef\s+(?:self\.)?FUNCTION", WITHIN),)


@dataclass(frozen=True)
class Ruby(Language):
    """Ruby, without its just-in-time compilers."""

    interpreter: Path
    mounts: tuple[Mount, ...]

    id = "ruby"
    name = "Ruby"
    suffix = ".rb"
    packages = ("ruby",)
    comments = CommentSyntax(
        (r"^=begin\b.*?(?:^=end[^\n]*|\Z)", r"^__END__$.*", r"(?<!\?)#[^\n]*"),
        (HEREDOC, _PERCENT, LONG_DOUBLE, LONG_SINGLE, BACKQUOTED, REGEX),
    )

    @classmethod
    def find(cls, host: Host) -> Ruby:
        """ruby, with its standard library; what is compiled of that lies among the system's libraries."""
        interpreter = host.program("ruby").resolve()
        mounts = host.mounts(str(interpreter), "/usr/lib/ruby/[0-9]*")
        version = host.told(interpreter, "--disable=all", "-e", "print RUBY_VERSION")
        return cls(version, interpreter, (*mounts, *host.libraries))

    def starter(self, signature: Signature) -> str:
        """A function with its types as YARD writes them."""
        names = [safe(param.name, _KEYWORDS) for param in signature.params]
        lines = [
            f"# @param {name} [{_type(param.type)}]\n" for name, param in zip(names, signature.params, strict=True)
        ]
        return (
            f"{''.join(lines)}# @return [{_type(signature.returns)}]\n"
            f"def {safe(signature.function, _RESERVED)}({', '.join(names)})\n"
            f"  # Write your solution here.\n  {_ZEROS[signature.returns.kind]}\nend\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:  # noqa: ARG002
        """The player's code is part of the request. One arena of malloc, since each reserves 64 MiB of addresses."""

        def request(args: list[Any]) -> bytes:
            call = {
                "code": code,
                "function": safe(signature.function, _RESERVED),
                "args": exact(args, signature),
            }
            return json.dumps(call, ensure_ascii=False).encode("utf-8", "replace")

        run = Run(
            "each",
            (str(self.interpreter), "--disable=all", "-EUTF-8", "-W:no-experimental", "/judge/ruby.rb"),
            (("MALLOC_ARENA_MAX", "1"), ("RUBY_THREAD_VM_STACK_SIZE", str(_STACK))),
            self.mounts,
            threads=4,  # newer versions start one for their timers
            own_mib=160,
        )
        told = partial(hinted, function=safe(signature.function, _RESERVED), code=code, obstacles=_OBSTACLES)
        return Program(run, request, told=told)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        return f"def {safe(signature.function, _RESERVED)}(x)\n  x\nend\n"


def _type(type_: Type) -> str:
    if type_.kind == "list":
        return f"Array<{_type(type_.element)}>"
    if type_.kind == "map":
        return f"Hash{{String => {_type(type_.element)}}}"
    if type_.kind == "optional":
        return f"{_type(type_.element)}, nil"
    return _NAMES[type_.kind]
