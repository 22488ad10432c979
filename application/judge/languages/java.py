"""Java, compiled and run by a JDK, in one virtual machine with fresh classes for each test."""

from __future__ import annotations

import re
from dataclasses import dataclass

from application.judge.languages.comments import BLOCK, DOUBLE, SINGLE, SLASHES, TEXT_BLOCK, CommentSyntax
from application.judge.languages.jvm import CLASSES, NAMES, Jvm
from application.judge.languages.language import Host, Language
from application.judge.languages.naming import camel, safe
from application.judge.languages.program import Build, Program
from application.judge.languages.tokens import tokens
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_PRIMITIVES = {"int": "long", "float": "double", "bool": "boolean"}
_ZEROS = {"int": "0", "float": "0", "bool": "false", "string": '""', "list": "List.of()", "map": "Map.of()"}
_RESERVED = frozenset(
    "abstract assert boolean break byte case catch char class const continue default do double else enum extends "
    "false final finally float for goto if implements import instanceof int interface long native new null package "
    "private protected public return short static strictfp super switch synchronized this throw throws transient true "
    "try void volatile while clone finalize notify wait".split()
)
_PUBLIC = re.compile(
    r"^public\s+(?:(?:abstract|final|sealed|strictfp)\s+)*(?:class|enum|interface|record)\s+([A-Za-z_$][\w$]{0,59})\b",
    re.MULTILINE,
)


@dataclass(frozen=True)
class Java(Language):
    """Java of the JDK's own version."""

    jvm: Jvm

    id = "java"
    name = "Java"
    suffix = ".java"
    packages = ("default-jdk-headless",)
    comments = CommentSyntax((SLASHES, BLOCK), (TEXT_BLOCK, DOUBLE, SINGLE))

    @classmethod
    def find(cls, host: Host) -> Java:
        """The kit of the program ``javac``."""
        jvm = Jvm.find(host)
        return cls(jvm.version, jvm)

    def starter(self, signature: Signature) -> str:
        """A static method of primitive types, lists and maps."""
        params = ", ".join(f"{_type(param.type)} {safe(camel(param.name), _RESERVED)}" for param in signature.params)
        return (
            "import java.util.*;\n\nclass Solution {\n"
            f"    static {_type(signature.returns)} {_function(signature)}({params}) {{\n"
            f"        // Write your solution here.\n        return {_ZEROS.get(signature.returns.kind, 'null')};\n"
            "    }\n}\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:
        """The player's file has the name that a public class in it must have."""
        file = f"{public_class(code)}.java"
        build = Build(
            {file: code},
            (self.jvm.javac(file),),
            (f"{CLASSES}/",),
            self.jvm.mounts,
            self.jvm.environment,
            prepared=self.jvm.prepared,
        )
        run = self.jvm.run("Solution", signature, limits, _function(signature), ())
        return Program(run, lambda args: tokens(args, signature), build, self.jvm.harness)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        type_ = _type(signature.params[0].type)
        method = f"static {type_} {_function(signature)}({type_} x)"
        return f"import java.util.*;\n\nclass Solution {{\n    {method} {{\n        return x;\n    }}\n}}\n"


def public_class(code: str) -> str:
    """The class that gives the player's file its name: a public one at the beginning of a line, which a name of at most
    255 bytes has room for."""
    public: list[str] = _PUBLIC.findall(code)
    return public[0] if public and "Solution" not in public else "Solution"


def _function(signature: Signature) -> str:
    return safe(camel(signature.function), _RESERVED)


def _type(type_: Type, boxed: bool = False) -> str:
    if type_.kind == "list":
        return f"List<{_type(type_.element, True)}>"
    if type_.kind == "map":
        return f"Map<String, {_type(type_.element, True)}>"
    if type_.kind == "optional":
        return _type(type_.element, True)
    return NAMES[type_.kind] if boxed else _PRIMITIVES.get(type_.kind, NAMES[type_.kind])
