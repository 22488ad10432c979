"""Kotlin, compiled by ``kotlinc`` for the Java virtual machine, and run as Java is."""

from __future__ import annotations

import re
from dataclasses import dataclass

from application.judge.languages.comments import DOUBLE, SINGLE, SLASHES, CommentSyntax
from application.judge.languages.jvm import CLASSES, NAMES, READ, WRITE, Jvm
from application.judge.languages.language import Host, Language, NotInstalled
from application.judge.languages.naming import camel, safe
from application.judge.languages.program import Build, Mount, Program
from application.judge.languages.tokens import tokens
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_ZEROS = {"int": "0L", "float": "0.0", "bool": "false", "string": '""', "list": "listOf()", "map": "mapOf()"}
_RESERVED = frozenset(
    "as break class continue do else false for fun if in interface is null object package return super this throw "
    "true try typealias typeof val var when while".split()
)
_TYPICAL = """fun solve(numbers: List<Long>, names: Map<String, Long?>): String {
    val seen = HashMap<String, MutableList<Long>>()
    for ((name, place) in names) seen.getOrPut(name) { mutableListOf() }.add(place ?: 0L)
    return numbers.filter { it > 1 }.sortedBy { -it }.joinToString(",") { "$it ${seen["x"]?.size}" }
}
"""
"""What the compiler is made to load its classes with."""
_COMPILER = "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler"
_JARS = tuple(
    f"{name}.jar"
    for name in ("kotlin-compiler", "annotations-*", "kotlin-reflect", "kotlin-script-runtime", "trove4j", "kotlinx-*")
)


@dataclass(frozen=True)
class Kotlin(Language):
    """Kotlin without its script and its own libraries beside the standard one."""

    jvm: Jvm
    compiler: tuple[Mount, ...]
    library: tuple[Mount, ...]

    id = "kotlin"
    name = "Kotlin"
    suffix = ".kt"
    packages = ("kotlin", "openjdk-17-jdk-headless")
    comments = CommentSyntax((SLASHES, r"/\*"), (r'""".*?"""', DOUBLE, SINGLE), nested=True)

    @classmethod
    def find(cls, host: Host) -> Kotlin:
        """The jars beside the script ``kotlinc``, and the JDK."""
        jvm = Jvm.find(host)
        script = host.program("kotlinc")
        lib = script.resolve().parents[1] / "lib"
        library = host.mounts(f"{lib}/kotlin-stdlib.jar")
        compiler = host.mounts(*(f"{lib}/{jar}" for jar in _JARS))
        if not library or not compiler:
            raise NotInstalled(f"the jars of {script} were not found in {lib}")
        jars = ":".join(mount.target for mount in (*compiler, *library))
        version = re.search(r"kotlinc-jvm ([\d.]+)", host.told(jvm.java, "-cp", jars, _COMPILER, "-version"))
        if not version:
            raise NotInstalled(f"the compiler of {script} does not run on Java {jvm.version}")
        return cls(version[1], jvm, compiler, library)

    def starter(self, signature: Signature) -> str:
        """A function at the top level."""
        params = ", ".join(f"{safe(camel(param.name), _RESERVED)}: {_type(param.type)}" for param in signature.params)
        return (
            f"fun {_function(signature)}({params}): {_type(signature.returns)} {{\n"
            f"    // Write your solution here.\n    return {_ZEROS.get(signature.returns.kind, 'null')}\n}}\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:
        """What is at the top level of ``solution.kt`` are static methods of the class ``SolutionKt``."""
        mounts = (*self.jvm.mounts, *self.compiler, *self.library)
        build = Build(
            {"solution.kt": code},
            (self._kotlinc(READ),),
            (f"{CLASSES}/",),
            mounts,
            self.jvm.environment,
            prepared=Build(
                {"solution.kt": _TYPICAL},
                (self._kotlinc(WRITE),),
                ("*.jsa",),
                mounts,
                self.jvm.environment,
                most_mib=200,
            ),
        )
        run = self.jvm.run("SolutionKt", signature, limits, _function(signature), self.library)
        return Program(run, lambda args: tokens(args, signature), build, self.jvm.harness)

    def _kotlinc(self, archive: str) -> tuple[str, ...]:
        jars = ":".join(mount.target for mount in (*self.compiler, *self.library))
        return self.jvm.compiler(
            *(f"{archive}kotlinc.jsa", "-cp", jars, _COMPILER, "-nowarn", "-no-stdlib", "-no-reflect"),
            *("-jvm-target", "1.8", "-cp", self.library[0].target, "-d", CLASSES, "solution.kt"),
        )

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        type_ = _type(signature.params[0].type)
        return f"fun {_function(signature)}(x: {type_}): {type_} {{\n    return x\n}}\n"


def _function(signature: Signature) -> str:
    return safe(camel(signature.function), _RESERVED)


def _type(type_: Type) -> str:
    if type_.kind == "list":
        return f"List<{_type(type_.element)}>"
    if type_.kind == "map":
        return f"Map<String, {_type(type_.element)}>"
    if type_.kind == "optional":
        return f"{_type(type_.element)}?"
    return NAMES[type_.kind]
