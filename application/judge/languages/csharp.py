"""C#, compiled by ``mcs`` and run by Mono, one process a test: Mono starts in a few hundredths of a second."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from application.judge.languages.comments import BLOCK, DOUBLE, SINGLE, SLASHES, CommentSyntax
from application.judge.languages.language import HARNESS, Host, Language, NotInstalled, harness
from application.judge.languages.naming import camel, pascal, safe
from application.judge.languages.program import APART, WORK, Build, Mount, Program, Run
from application.judge.languages.tokens import tokens
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "long", "float": "double", "bool": "bool", "string": "string"}
_ZEROS = {"int": "0", "float": "0", "bool": "false", "string": '""', "optional": "null"}
_RESERVED = frozenset(
    "abstract as base bool break byte case catch char checked class const continue decimal default delegate do double "
    "else enum event explicit extern false finally fixed float for foreach goto if implicit in int interface internal "
    "is lock long namespace new null object operator out override params private protected public readonly ref return "
    "sbyte sealed short sizeof stackalloc static string struct switch this throw true try typeof uint ulong unchecked "
    "unsafe ushort using virtual void volatile while".split()
)
# A class has no method of its own name, and the names of every object's methods had better stay theirs.
_TAKEN = frozenset("Solution Equals Finalize GetHashCode GetType MemberwiseClone ReferenceEquals ToString".split())
# Mono complains that it cannot set priorities of threads, which would look as if the player's code had printed it.
_QUIET = ("MONO_LOG_DEST", "/dev/null")
_HARNESS = ("Harness.cs", "Values.cs")
_HEAP_ABOVE_MIB = 32


@dataclass(frozen=True)
class CSharp(Language):
    """C# as Mono's own compiler has it: C# 6, and of C# 7 tuples and ``is`` patterns but no local functions."""

    mono: Path
    compiler: Path
    mounts: tuple[Mount, ...]

    id = "csharp"
    name = "C#"
    suffix = ".cs"
    packages = ("mono-mcs", "mono-runtime")
    comments = CommentSyntax(
        (SLASHES, BLOCK),
        (r'\$*(?P<mark>"{3,}+).*?(?:(?P=mark)|\Z)', r'(?:@\$?|\$@)"(?:""|[^"])*"', DOUBLE, SINGLE),
    )

    @classmethod
    def find(cls, host: Host) -> CSharp:
        """Mono with its assemblies, and the compiler, which is one of them."""
        mono = host.program("mono")
        compiler = host.mounts("/usr/lib/mono/4.5/mcs.exe")
        if not compiler:
            raise NotInstalled("there is no /usr/lib/mono/4.5/mcs.exe")
        mounts = host.mounts(
            *(str(mono), "/usr/lib/mono/4.5", "/usr/lib/mono/gac", "/usr/lib/mono/aot-cache", "/etc/mono/config"),
            *("/usr/lib/libmono*.so*", "/usr/lib/libMono*.so*"),
        )
        maps = host.mounts(str(HARNESS / "mono_maps.txt"))
        if not maps:
            raise NotInstalled(f"the sandbox's user cannot read {HARNESS}, of which Mono needs a file")
        version = re.search(r"version ([\d.]+)", host.told(mono, "--version"))
        return cls(
            version[1] if version else "",
            mono,
            compiler[0].source,
            (*mounts, Mount(maps[0].source, "/proc/self/maps"), *host.libraries),
        )

    def starter(self, signature: Signature) -> str:
        """A static method of the library's generic collections."""
        params = ", ".join(f"{_type(param.type)} {safe(camel(param.name), _RESERVED)}" for param in signature.params)
        returns = signature.returns
        return (
            "using System;\nusing System.Collections.Generic;\nusing System.Linq;\n\npublic class Solution\n{\n"
            f"    public static {_type(returns)} {_function(signature)}({params})\n    {{\n"
            "        // Write your solution here.\n"
            f"        return {_ZEROS.get(returns.kind, f'new {_type(returns)}()')};\n    }}\n}}\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:
        """The player's file becomes a library; its debugging information has the line numbers."""
        build = self._build({"solution.cs": code}, "library", "solution.dll")
        # Not the concurrent collector: its thread's work is CPU time, too, and it does not survive a full heap.
        # The harness watches the limit; the collector's own is for what grows faster than that.
        heap = f"major=marksweep,max-heap-size={limits.memory_mib + _HEAP_ABOVE_MIB}m"
        run = Run(
            "each",
            (
                *(str(self.mono), "--debug", f"{APART}/harness.exe", str(limits.memory_mib)),
                *(f"{WORK}/solution.dll", _function(signature)),
                *(str(param.type) for param in signature.params),
            ),
            (("MONO_GC_PARAMS", heap), _QUIET),
            self.mounts,
            threads=40,
            limit="data",
            own_mib=192 + _HEAP_ABOVE_MIB,
        )
        apart = self._build({name: harness(name) for name in _HARNESS}, "exe", "harness.exe")
        return Program(run, lambda args: tokens(args, signature), build, apart)

    def _build(self, sources: Mapping[str, str], target: str, out: str) -> Build:
        mcs = (
            *(str(self.mono), str(self.compiler), f"-target:{target}", f"-out:{out}", "-debug", "-optimize", "-warn:0"),
            *("-r:System.Core.dll", "-r:System.Numerics.dll", *sources),
        )
        environment = (("TMPDIR", WORK), ("LC_ALL", "C.UTF-8"), _QUIET)
        return Build(sources, (mcs,), (out, f"{out}.mdb"), self.mounts, environment)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        type_ = _type(signature.params[0].type)
        method = f"public static {type_} {_function(signature)}({type_} x)"
        return (
            "using System.Collections.Generic;\n\npublic class Solution\n{\n"
            f"    {method}\n    {{\n        return x;\n    }}\n}}\n"
        )


def _function(signature: Signature) -> str:
    return safe(pascal(signature.function), _TAKEN)


def _type(type_: Type) -> str:
    if type_.kind == "list":
        return f"List<{_type(type_.element)}>"
    if type_.kind == "map":
        return f"Dictionary<string, {_type(type_.element)}>"
    if type_.kind == "optional":
        # Every other type has null anyway, and this compiler knows no mark for it.
        return _type(type_.element) + ("?" if type_.element.kind in ("int", "float", "bool") else "")
    return _NAMES[type_.kind]
