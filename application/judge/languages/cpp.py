"""C++, compiled by g++ and linked statically, so that its programs need nothing of the machine they run on."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from application.judge.languages.language import Host, Language, harness
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
_FLAGS = ("-std=c++20", "-O2", "-static", "-pipe", "-fdiagnostics-color=never", "-fmax-errors=5", "-w")
_ENVIRONMENT = (("PATH", "/usr/bin"),)
_HEADER = "harness.hpp"
_HEADER_MIB = 200
"""Most of what a compiler does for a small program is to read the standard library: that is done once."""


@dataclass(frozen=True)
class Cpp(Language):
    """C++ 20."""

    compiler: Path
    mounts: tuple[Mount, ...]

    id = "cpp"
    name = "C++"
    suffix = ".cpp"
    packages = ("g++",)

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
        params = ", ".join(f"{_type(param.type)} {safe(param.name, _RESERVED)}" for param in signature.params)
        return (
            "#include <bits/stdc++.h>\nusing namespace std;\n\n"
            f"{_type(signature.returns)} {safe(signature.function, _RESERVED)}({params}) {{\n"
            "    // Write your solution here.\n    return {};\n}\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:  # noqa: ARG002
        """The player's file is included by the one that calls it, so that its line numbers stay its own."""
        reads = "".join(
            f"    auto a{index} = codemaze::Read<{_type(param.type)}>::from(input);\n"
            for index, param in enumerate(signature.params)
        )
        passed = ", ".join(f"a{index}" for index in range(len(signature.params)))
        main = (
            '#include <harness.hpp>\n#include "solution.cpp"\n\nint main() {\n'
            "  return codemaze::run([](codemaze::Input& input) {\n"
            f"{reads}    std::string out;\n"
            f"    const {_type(signature.returns)} value = ::{safe(signature.function, _RESERVED)}({passed});\n"
            '    codemaze::write(out, value, "value");\n    return out;\n  });\n}\n'
        )
        header = {_HEADER: harness("cpp.hpp")}
        where = f"-I{PREPARED}", "-I."
        build = Build(
            {"solution.cpp": code, **header, "main.cpp": main},
            ((str(self.compiler), *_FLAGS, *where, "-o", "program", "main.cpp"),),
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
        return Program(Run("each", (f"{WORK}/program",)), lambda args: tokens(args, signature), build)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        type_ = _type(signature.params[0].type)
        return f"#include <bits/stdc++.h>\n\n{type_} {signature.function}({type_} x) {{\n    return x;\n}}\n"


def _type(type_: Type) -> str:
    if type_.kind == "list":
        return f"std::vector<{_type(type_.element)}>"
    if type_.kind == "map":
        return f"std::map<std::string, {_type(type_.element)}>"
    if type_.kind == "optional":
        return f"std::optional<{_type(type_.element)}>"
    return _NAMES[type_.kind]
