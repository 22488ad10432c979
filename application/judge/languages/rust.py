"""Rust, compiled by rustc alone (no cargo, no crates) and linked statically by gcc."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from application.judge.languages.comments import LONG_DOUBLE, CommentSyntax
from application.judge.languages.language import Host, Language, harness
from application.judge.languages.missing import WITHIN, missing_with_hint, unlike
from application.judge.languages.naming import safe
from application.judge.languages.program import WORK, Build, Mount, Program, Run
from application.judge.languages.tokens import tokens
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "i64", "float": "f64", "bool": "bool", "string": "String"}
_ZEROS = {
    **{"int": "0", "float": "0.0", "bool": "false", "string": "String::new()"},
    **{"list": "Vec::new()", "map": "HashMap::new()", "optional": "None"},
}
_KEYWORDS = (
    "abstract as async await become box break const continue crate do dyn else enum extern false final fn for gen if "
    "impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true try "
    "type typeof unsafe unsized use virtual where while yield codemaze_call"
)
_RESERVED = frozenset(_KEYWORDS.split())

_ATTRIBUTE = re.compile(r"^#!\[[^\]\n]*\]", re.MULTILINE)
"""An attribute of the whole file, which an included one cannot have: ``#![allow(unused)]``, and none that is needed."""

_OBSTACLES = ((r"^\s*((?:impl|mod|trait)\b[^{\n]*?)\s*\{(?s:.*)FUNCTION", WITHIN),)


@dataclass(frozen=True)
class Rust(Language):
    """Rust 2021."""

    compiler: Path
    linker: Path
    ln: Path
    mounts: tuple[Mount, ...]

    id = "rust"
    name = "Rust"
    suffix = ".rs"
    packages = ("rustc", "gcc", "libc6-dev")
    comments = CommentSyntax(
        (r"//[^\n]*", r"/\*"),
        (r'\bb?c?r(?P<mark>#*)".*?(?:"(?P=mark)|\Z)', LONG_DOUBLE, r"'(?:\\[^\n][^'\n]*|[^'\\\n])'"),
        nested=True,
    )

    @classmethod
    def find(cls, host: Host) -> Rust:
        """rustc with its standard library, and gcc to link with."""
        compiler = host.program("rustc")
        mounts = host.mounts(
            *("/usr/bin/ln", "/usr/bin/rustc", "/usr/lib/rustlib", "/usr/lib/gcc", "/usr/libexec/gcc"),
            *("/usr/bin/gcc", "/usr/bin/gcc-[0-9]*", "/usr/bin/*-gnu-gcc*", "/usr/bin/ld", "/usr/bin/*-gnu-ld*"),
        )
        version = re.search(r"\d+(\.\d+)+", host.told(compiler, "--version"))
        linker, ln = host.program("gcc"), host.program("ln")
        return cls(version[0] if version else "", compiler, linker, ln, (*mounts, *host.libraries))

    def starter(self, signature: Signature) -> str:
        """A function of the standard library's types."""
        types = (*(param.type for param in signature.params), signature.returns)
        use = "use std::collections::HashMap;\n\n" if any("map<" in str(type_) for type_ in types) else ""
        return (
            f"{use}{_head(signature)} {{\n    // Write your solution here.\n    {_ZEROS[signature.returns.kind]}\n}}\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:  # noqa: ARG002
        """The player's file is included in a module of its own, together with the function that calls it, so that its
        line numbers stay its own, nothing in it has to be ``pub``, and it may define what it likes."""
        reads = "".join(
            f"        let a{index}: {_path(param.type)} = codemaze::Read::read(input);\n"
            for index, param in enumerate(signature.params)
        )
        passed = ", ".join(f"a{index}" for index in range(len(signature.params)))
        main = (
            '#[path = "harness.rs"]\nmod codemaze;\n\nmod solution {\n    include!("solution.rs");\n\n'
            "    pub fn codemaze_call(input: &mut crate::codemaze::Input) -> ::std::string::String {\n"
            "        use crate::codemaze;\n"
            f"{reads}        let value: {_path(signature.returns)} = {safe(signature.function, _RESERVED)}({passed});\n"
            "        let mut out = ::std::string::String::new();\n"
            "        codemaze::Write::write(&value, &mut out, &codemaze::Place::Whole);\n        out\n    }\n}\n\n"
            "fn main() {\n    codemaze::run(solution::codemaze_call);\n}\n"
        )
        # Without /proc, rustc 1.63 must be called by a link, and see its library from where it is called.
        links = (str(self.ln), "-s", str(self.compiler), "/usr/lib", WORK)
        command = (
            *(f"{WORK}/rustc", "--edition=2021", "--crate-name=program", "--color=never", "--cap-lints=allow"),
            *("-Copt-level=2", "-Cdebuginfo=0", "-Ctarget-feature=+crt-static", f"-Clinker={self.linker}"),
            *("-Cstrip=symbols", "--sysroot=/usr", "-o", "program", "main.rs"),
        )
        own = _ATTRIBUTE.sub(lambda found: " " * len(found[0]), code)
        build = Build(
            {
                "solution.rs": own,
                "harness.rs": harness("rust.rs"),
                "main.rs": main,
            },
            (links, command),
            ("program",),
            self.mounts,
            (("PATH", "/usr/bin"), ("TMPDIR", WORK)),
        )
        run, told = Run("each", (f"{WORK}/program",)), partial(_told, code=code, signature=signature)
        return Program(run, lambda args: tokens(args, signature), build, told=told)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        type_ = _path(signature.params[0].type)
        return f"fn {safe(signature.function, _RESERVED)}(x: {type_}) -> {type_} {{\n    x\n}}\n"


def _head(signature: Signature) -> str:
    params = ", ".join(f"{safe(param.name, _RESERVED)}: {_type(param.type)}" for param in signature.params)
    return f"fn {safe(signature.function, _RESERVED)}({params}) -> {_type(signature.returns)}"


def _told(message: str, *, code: str, signature: Signature) -> str:
    """Errors that stand in the player's file; those of the file that calls the function are about the function."""
    if "--> main.rs:" not in message:
        return message
    blocks = message.split("\n\n")
    own = [block for block in blocks if not re.search(r"\A[^\n]*\n *--> main\.rs:", block)]
    if any(re.search(r"\Aerror[^\n]*\n *--> solution\.rs:", block) for block in own):
        return "\n\n".join(own)
    function = safe(signature.function, _RESERVED)
    if f"cannot find function `{function}`" in message:
        return missing_with_hint(function, code, _OBSTACLES)
    return unlike(function, _head(signature))


def _type(type_: Type) -> str:
    if type_.kind == "list":
        return f"Vec<{_type(type_.element)}>"
    if type_.kind == "map":
        return f"HashMap<String, {_type(type_.element)}>"
    if type_.kind == "optional":
        return f"Option<{_type(type_.element)}>"
    return _NAMES[type_.kind]


def _path(type_: Type) -> str:
    """A type by its full path, which holds whatever the player's file defines or imports."""
    text = _type(type_).replace("HashMap", "::std::collections::HashMap").replace("String", "::std::string::String")
    return text.replace("Vec", "::std::vec::Vec").replace("Option", "::std::option::Option")
