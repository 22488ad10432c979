"""C++, compiled by g++ and linked statically, so that its programs need nothing of the machine they run on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from application.judge.languages.comments import BLOCK, DOUBLE, SINGLE, SLASHES, CommentSyntax
from application.judge.languages.language import Host, Language, harness
from application.judge.languages.missing import WITHIN, missing_with_hint, unlike
from application.judge.languages.naming import safe
from application.judge.languages.program import PREPARED, WORK, Build, Mount, Program, Run
from application.judge.languages.tokens import tokens
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "long long", "float": "double", "bool": "bool", "string": "std::string"}
_RESERVED = frozenset(
    "alignas alignof and and_eq asm auto bitand bitor bool break case catch char char16_t char32_t char8_t class "
    "compl concept const const_cast consteval constexpr constinit continue co_await co_return co_yield decltype "
    "default delete do double dynamic_cast else enum explicit export extern false float for friend goto if inline "
    "int long mutable namespace new noexcept not not_eq nullptr operator or or_eq private protected public register "
    "reinterpret_cast requires return short signed sizeof static static_assert static_cast struct switch template "
    "this thread_local throw true try typedef typeid typename union unsigned using virtual void volatile wchar_t "
    "while xor xor_eq main codemaze std".split()
)
_FLAGS = ("-std=c++20", "-O2", "-static", "-pipe", "-fdiagnostics-color=never", "-fmax-errors=5")
_CHECKS = ("-fno-diagnostics-show-option", "-Werror=return-type")
_WRAPPED = tuple(f"-Wl,--wrap={name}" for name in ("main", "_ZNSt8ios_base15sync_with_stdioEb"))
_WORDS = ("int", "auto", "return", "extern", "codemaze", "run", "given", "Result", "Arguments", "__wrap_main")
"""What stands behind the player's code, of which a macro may have been made."""

_ENVIRONMENT = (("PATH", "/usr/bin"),)
_HEADER = "harness.hpp"
_HEADER_MIB = 200
"""Most of what a compiler does for a small program is to read the standard library: that is done once."""

_INCLUDED = re.compile(r"^(?:In file included from|  +from) .*\n(?: +from .*\n)*", re.MULTILINE)
_OWN = re.compile(r"^solution\.cpp:\d+:(?:\d+:)? +(?:(?:fatal )?error|required from)", re.MULTILINE)
_CALLING = re.compile(r"^(?:main\.cpp|\S*harness\.hpp):.*(?:\n .*)*(?:\n|\Z)", re.MULTILINE)
_OBSTACLES = ((r"^\s*((?:class|struct|namespace)\s+\w+)(?s:.*)FUNCTION", WITHIN),)


@dataclass(frozen=True)
class Cpp(Language):
    """C++ 20."""

    compiler: Path
    mounts: tuple[Mount, ...]

    id = "cpp"
    name = "C++"
    suffix = ".cpp"
    packages = ("g++",)
    comments = CommentSyntax(
        (SLASHES, BLOCK),
        (r'R"(?P<mark>[^()\\\s]{0,16})\(.*?(?:\)(?P=mark)"|\Z)', r"(?<=\d)'(?=\w)", DOUBLE, SINGLE),
    )

    @classmethod
    def find(cls, host: Host) -> Cpp:
        """g++, with the folders that it compiles and links with."""
        compiler = host.program("g++")
        mounts = host.mounts(
            *("/usr/bin/*g++*", "/usr/bin/*-ld*", "/usr/bin/ld*", "/usr/bin/as", "/usr/bin/*-as"),
            *("/usr/lib/gcc", "/usr/libexec/gcc", "/usr/include"),
        )
        return cls(host.told(compiler, "-dumpfullversion"), compiler, (*mounts, *host.libraries))

    def starter(self, signature: Signature) -> str:
        """A function of the standard library's types."""
        return (
            "#include <bits/stdc++.h>\nusing namespace std;\n\n"
            f"{_prototype(signature)} {{\n    // Write your solution here.\n    return {{}};\n}}\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:  # noqa: ARG002
        """The player's file is included by the one that calls it, so that its line numbers stay its own. What comes
        behind it has few words, and whatever macro the player has made of one ends there."""
        function = safe(signature.function, _RESERVED)
        types = ", ".join(_type(param.type) for param in signature.params)
        main = (
            f"#include <harness.hpp>\nnamespace codemaze {{\nusing Result = {_type(signature.returns)};\n"
            f'using Arguments = std::tuple<{types}>;\n}}\n#include "solution.cpp"\n\n'
            + "".join(f"#undef {word}\n" for word in _WORDS)
            + 'extern "C" int __wrap_main() {\n  return codemaze::run<codemaze::Result, codemaze::Arguments>(\n'
            f"      [](auto&... given) -> codemaze::Result {{ return ::{function}(given...); }});\n}}\n"
        )
        header = {_HEADER: harness("cpp.hpp")}
        where = f"-I{PREPARED}", "-I."
        build = Build(
            {"solution.cpp": code, **header, "main.cpp": main},
            ((str(self.compiler), *_FLAGS, *_CHECKS, *_WRAPPED, *where, "-o", "program", "main.cpp"),),
            ("program",),
            self.mounts,
            _ENVIRONMENT,
            prepared=Build(
                header,
                ((str(self.compiler), *_FLAGS, "-x", "c++-header", _HEADER, "-o", f"{_HEADER}.gch"),),
                (f"{_HEADER}.gch",),
                self.mounts,
                _ENVIRONMENT,
                most_mib=_HEADER_MIB,
            ),
        )
        run, told = Run("each", (f"{WORK}/program",)), partial(_told, code=code, signature=signature)
        return Program(run, lambda args: tokens(args, signature), build, told=told)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        type_ = _type(signature.params[0].type)
        return f"#include <bits/stdc++.h>\n\n{type_} {signature.function}({type_} x) {{\n    return x;\n}}\n"


def _prototype(signature: Signature) -> str:
    params = ", ".join(f"{_type(param.type)} {safe(param.name, _RESERVED)}" for param in signature.params)
    return f"{_type(signature.returns)} {safe(signature.function, _RESERVED)}({params})"


def _told(message: str, *, code: str, signature: Signature) -> str:
    """Errors that stand in the player's file, without how it came to be compiled; any others are about the function's
    call, or about what the file has left open."""
    if _OWN.search(message):
        return _CALLING.sub("", _INCLUDED.sub("", message)).strip()
    if "main.cpp:" not in message:
        return message
    opened = re.search(r"^solution\.cpp:(\d+):\d+: note: to match this '(.)'", message, re.MULTILINE)
    if opened:
        return f"solution.cpp:{opened[1]}: error: this '{opened[2]}' is never closed"
    function = safe(signature.function, _RESERVED)
    if f"'::{function}' has not been declared" in message:
        return missing_with_hint(function, code, _OBSTACLES)
    if f"::{function}(given ...)" in message or f"::{function}" in message:
        return unlike(function, _prototype(signature))
    return "solution.cpp: error: the file ends in the middle of something"


def _type(type_: Type) -> str:
    if type_.kind == "list":
        return f"std::vector<{_type(type_.element)}>"
    if type_.kind == "map":
        return f"std::map<std::string, {_type(type_.element)}>"
    if type_.kind == "optional":
        return f"std::optional<{_type(type_.element)}>"
    return _NAMES[type_.kind]
