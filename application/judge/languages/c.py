"""C, compiled by gcc and linked statically. It has no lists, maps or optionals: each signature brings its structs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from application.judge.languages.comments import BLOCK, DOUBLE, SINGLE, SLASHES, CommentSyntax
from application.judge.languages.language import Host, Language, harness
from application.judge.languages.missing import Obstacle, missing_with_hint, unlike
from application.judge.languages.naming import safe
from application.judge.languages.program import WORK, Build, Mount, Program, Run
from application.judge.languages.tokens import tokens
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "long long", "float": "double", "bool": "bool", "string": "String"}
_KEYWORDS = (
    "alignas alignof asm auto bool break case char const constexpr continue default do double else enum extern false "
    "float for goto if inline int linux long nullptr register restrict return short signed sizeof static static_assert "
    "struct switch thread_local true typedef typeof unix union unsigned void volatile while"
)
_DECLARED = (
    "abort abs acos asin atan atof atoi atol atoll bsearch calloc ceil cos div erf exit exp fabs floor fmax fmin fmod "
    "free frexp gamma getline hypot index isalnum isalpha isdigit islower isprint ispunct isspace isupper labs ldexp "
    "ldiv llabs log log10 log2 main malloc modf perror pow printf putchar puts qsort raise rand random realloc remove "
    "rename rewind rindex rint round scanf signal sin sqrt srand strcat strchr strcmp strcpy strdup strlen strstr "
    "strtok strtol swab system tan time tmpfile tolower toupper trunc ungetc y0 y1 yn j0 j1 jn read write"
)
_RESERVED = frozenset(_KEYWORDS.split())
_TAKEN = _RESERVED | frozenset(_DECLARED.split())
"""A parameter may hide what the headers that players include declare; a function may not be called so."""
_STRING = "typedef struct { char *text; size_t length; } String;"
_FLAGS = (
    *("-std=gnu17", "-O2", "-static", "-pipe", "-fdiagnostics-color=never", "-fmax-errors=5"),
    "-fno-diagnostics-show-option",
    # Newer compilers call these errors by themselves, and none of them is ever meant.
    *("-Werror=implicit-function-declaration", "-Werror=implicit-int", "-Werror=int-conversion"),
    *("-Werror=incompatible-pointer-types", "-Werror=return-type"),
)
_WRAPPED = tuple(f"-Wl,--wrap={name}" for name in ("malloc", "calloc", "realloc"))

_DECLARED_BEFORE = re.compile(
    r"^In file included from <command-line>:?.*\n|^(?:\./)?(?:signature|types)\.h:.*\n(?: .*(?:\n|\Z))*", re.MULTILINE
)
_LINKER = re.compile(r"^(?:/usr/bin/ld: )?(?:solution\.o:)?(?:/\S*/)?(?:solution\.c:)?(?:\(\.[\w.]+\+0x\w+\): )?")
_OBSTACLES: tuple[Obstacle, ...] = ((r"\bstatic\b[^;{}()]*FUNCTION", "It is static there: leave the word out."),)


@dataclass(frozen=True)
class C(Language):
    """C 17 with GNU's extensions."""

    compiler: Path
    objcopy: Path
    mounts: tuple[Mount, ...]

    id = "c"
    name = "C"
    suffix = ".c"
    packages = ("gcc", "libc6-dev")
    comments = CommentSyntax((SLASHES, BLOCK), (DOUBLE, SINGLE))

    @classmethod
    def find(cls, host: Host) -> C:
        """gcc and binutils, with the folders that they compile and link with."""
        compiler = host.program("gcc")
        mounts = host.mounts(
            *("/usr/bin/gcc", "/usr/bin/gcc-[0-9]*", "/usr/bin/*-gnu-gcc*", "/usr/bin/ld", "/usr/bin/*-gnu-ld*"),
            *("/usr/bin/as", "/usr/bin/*-gnu-as", "/usr/bin/objcopy", "/usr/bin/*-gnu-objcopy"),
            *("/usr/lib/gcc", "/usr/libexec/gcc", "/usr/include"),
        )
        version = host.told(compiler, "-dumpfullversion")
        return cls(version, compiler, host.program("objcopy"), (*mounts, *host.libraries))

    def starter(self, signature: Signature) -> str:
        """A function of the structs in ``types.h``, which a comment shows."""
        shown = [struct for _, struct in _types(signature).values()]
        if any("String" in text for text in (*shown, _prototype(signature))):
            shown.insert(0, f'{_STRING}  // text[length] is 0; STRING("abc") makes one')
        comment = "".join(f"\n//     {line}" for struct in shown for line in struct.splitlines())
        zero = "{0}" if signature.returns.of or signature.returns.kind == "string" else "0"
        return (
            "#include <stdbool.h>\n#include <stdio.h>\n#include <stdlib.h>\n#include <string.h>\n\n"
            + (f"// Declared for you:{comment}\n\n" if shown else "")
            + f"{_prototype(signature)} {{\n    // Write your solution here.\n"
            f"    return ({_type(signature.returns)}){zero};\n}}\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:  # noqa: ARG002
        """The player's file is compiled by itself, behind the structs and the prototype. Then all its names but the
        function's are made local, so that it may define what the harness or the C library have a name for."""
        types = _types(signature)
        names = [_name(param.type) for param in signature.params]
        declared = ", ".join(_type(param.type) for param in signature.params)
        function = safe(signature.function, _TAKEN)
        main = (
            '#include "types.h"\n#include "harness.h"\n\n'
            + "".join(f"{macro}\n" for macro, _ in types.values())
            + f'\n{_type(signature.returns)} codemaze_solution({declared or "void"}) __asm__("{function}");\n'
            "\nint main(void) {\n  codemaze_start(__builtin_frame_address(0));\n"
            + "".join(f"  {_type(p.type)} a{i} = codemaze_read_{names[i]}();\n" for i, p in enumerate(signature.params))
            + f"  codemaze_write_{_name(signature.returns)}"
            f"(codemaze_solution({', '.join(f'a{i}' for i in range(len(names)))}));\n  return codemaze_finish();\n}}\n"
        )
        header = (
            f"#pragma once\n#include <stdbool.h>\n#include <stddef.h>\n\n{_STRING}\n"
            "#define STRING(literal) ((String){(char *)(literal), __builtin_strlen(literal)})\n\n"
            + "".join(f"{struct}\n" for _, struct in types.values())
        )
        compile_ = (str(self.compiler), *_FLAGS)
        build = Build(
            {
                **{"solution.c": code, "types.h": header, "main.c": main, "harness.h": harness("c.h")},
                "signature.h": f'#include "types.h"\n\n{_prototype(signature)};\n',
            },
            (
                (*compile_, "-include", "signature.h", "-c", "solution.c"),
                (str(self.objcopy), f"--keep-global-symbol={function}", "solution.o"),
                (*compile_, *_WRAPPED, "-o", "program", "main.c", "solution.o", "-lm"),
            ),
            ("program",),
            self.mounts,
            (("PATH", "/usr/bin"), ("TMPDIR", WORK)),
        )
        run, told = Run("each", (f"{WORK}/program",)), partial(_told, code=code, signature=signature)
        return Program(run, lambda args: tokens(args, signature), build, told=told)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        return f"{_prototype(signature)} {{\n    return {safe(signature.params[0].name, _RESERVED)};\n}}\n"


def _told(message: str, *, code: str, signature: Signature) -> str:
    """Errors that stand in the player's file, without the headers that it was given; what the linker misses is the
    function."""
    function = safe(signature.function, _TAKEN)
    if re.search(r"^solution\.c:\d+:(?:\d+:)? (?:fatal )?error", message, re.MULTILINE):
        if "signature.h:" not in message:
            return message
        return f"{_DECLARED_BEFORE.sub('', message).strip()}\n{unlike(function, _prototype(signature))}"
    if f"undefined reference to `{function}'" in message:
        return missing_with_hint(function, code, _OBSTACLES)
    return "\n".join(_LINKER.sub("", line) for line in message.splitlines() if "in function `" not in line)


def _prototype(signature: Signature) -> str:
    params = ", ".join(f"{_type(param.type)} {safe(param.name, _RESERVED)}" for param in signature.params)
    return f"{_type(signature.returns)} {safe(signature.function, _TAKEN)}({params or 'void'})"


def _type(type_: Type) -> str:
    return _NAMES[type_.kind] if type_.of is None else _name(type_)


def _name(type_: Type) -> str:
    """What a type is called within names: what it is of, then what it is. Only an optional scalar has its word in
    front: a list of those and an optional list would share a name if all had."""
    if type_.of is None:
        return type_.kind.capitalize()
    if type_.kind == "map":
        return f"String{_name(type_.of)}Map"
    if type_.kind == "optional":
        return f"Optional{_name(type_.of)}" if type_.of.of is None else f"{_name(type_.of)}Optional"
    return f"{_name(type_.of)}List"


def _types(signature: Signature) -> dict[str, tuple[str, str]]:
    """For each struct of the signature, those that it holds before it: the harness's macro for it and its text."""
    found: dict[str, tuple[str, str]] = {}
    for whole in (*(param.type for param in signature.params), signature.returns):
        for type_ in _nested(whole):
            name, of, inside = _name(type_), _type(type_.element), _name(type_.element)
            if type_.kind == "list":
                struct = f"typedef struct {{ {of} *items; size_t length; }} {name};"
            elif type_.kind == "map":
                entry = f"String{inside}Entry"
                struct = (
                    f"typedef struct {{ String key; {of} value; }} {entry};\n"
                    f"typedef struct {{ {entry} *entries; size_t length; }} {name};"
                )
            else:
                struct = f"typedef struct {{ bool present; {of} value; }} {name};"
            found[name] = (f"CODEMAZE_{type_.kind.upper()}({name}, {inside})", struct)
    return found


def _nested(type_: Type) -> Iterator[Type]:
    if type_.of is not None:
        yield from _nested(type_.of)
        yield type_
