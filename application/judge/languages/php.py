"""PHP: the command line interpreter of the system, without its configuration; one process a test."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Self

from application.judge.languages.comments import BLOCK, LONG_DOUBLE, LONG_SINGLE, SLASHES, CommentSyntax
from application.judge.languages.exact import exact
from application.judge.languages.language import Host, Language, NotInstalled
from application.judge.languages.missing import WITHIN, hinted
from application.judge.languages.naming import safe
from application.judge.languages.program import Mount, Program, Run
from application.judge.signature import Signature, Type
from application.judge.verdicts import Limits

_NAMES = {"int": "int", "float": "float", "bool": "bool", "string": "string"}
_ZEROS = {"int": "0", "float": "0.0", "bool": "false", "string": "''", "list": "[]", "map": "[]", "optional": "null"}
_KEYWORDS = frozenset(
    "abstract and array as break callable case catch class clone const continue declare default die do echo else "
    "elseif empty enddeclare endfor endforeach endif endswitch endwhile enum eval exit extends final finally fn for "
    "foreach function global goto if implements include include_once instanceof insteadof interface isset list match "
    "namespace new or print private protected public readonly require require_once return static switch throw trait "
    "try unset use var while xor yield".split()
)
_EXTENSIONS = ("ctype", "mbstring")
_SETTINGS = ("display_errors=1", "log_errors=0", "html_errors=0", "zend.assertions=1", "assert.exception=1")

_OBSTACLES = (
    (r"^(?:<\?php\b)?\s*(?:(?:final|abstract)\s+)*((?:class|trait|namespace)\s+[\w\\]+)(?s:.*)FUNCTION", WITHIN),
)


@dataclass(frozen=True)
class Php(Language):
    """PHP. ``options`` are those of every start; ``taken`` are the functions that it has already."""

    interpreter: Path
    options: tuple[str, ...]
    mounts: tuple[Mount, ...]
    taken: frozenset[str]

    id = "php"
    name = "PHP"
    suffix = ".php"
    packages = ("php-cli", "php-mbstring")
    comments = CommentSyntax(
        (SLASHES, BLOCK, r"#(?!\[)[^\n]*"),
        (
            r"<<<[ \t]*(?P<quote>[\"']?)(?P<mark>\w+)(?P=quote)\n.*?(?:^[ \t]*(?P=mark)\b|\Z)",
            LONG_DOUBLE,
            LONG_SINGLE,
        ),
    )

    @classmethod
    def find(cls, host: Host) -> Php:
        """php, with those of a few harmless extensions that are not part of it but there."""
        interpreter = host.program("php").resolve()
        folder = host.told(interpreter, "-n", "-r", "echo PHP_EXTENSION_DIR;")
        extensions = host.mounts(*(f"{folder}/{name}.so" for name in _EXTENSIONS))
        settings = (*_SETTINGS, *(f"extension={mount.source.stem}" for mount in extensions))
        options = ("-n", *(word for setting in settings for word in ("-d", setting)))
        facts = "echo implode(' ', [explode('-', PHP_VERSION)[0], ...get_defined_functions()['internal']]);"
        version, *taken = host.told(interpreter, *options, "-r", facts).split() or [""]
        if not version:
            raise NotInstalled(f"{interpreter} does not run")
        # Debian's PHP keeps no time zones of its own, and crashes without the one it takes by default.
        mounts = (*host.mounts(str(interpreter), "/usr/share/zoneinfo/UTC"), *extensions, *host.libraries)
        return cls(version, interpreter, options, mounts, frozenset(taken) | _KEYWORDS)

    def shown(self) -> dict[str, Any]:
        """With the names that a function cannot have."""
        return {**super().shown(), "taken": sorted(self.taken)}

    @classmethod
    def elsewhere(cls, shown: Mapping[str, Any]) -> Self:
        """PHP of another machine."""
        language = super().elsewhere(shown)
        object.__setattr__(language, "taken", frozenset(map(str, shown["taken"])))
        return language

    def starter(self, signature: Signature) -> str:
        """A function with PHP's own types, and what those cannot say in its comment."""
        types = [param.type for param in signature.params]
        names = [f"${safe(param.name, frozenset({'this'}))}" for param in signature.params]
        pairs = list(zip(types, names, strict=True))
        lines = "".join(f" * @param {_documented(type_)} {name}\n" for type_, name in pairs)
        params = ", ".join(f"{_native(type_)} {name}" for type_, name in pairs)
        returns = signature.returns
        return (
            f"<?php\n\n/**\n{lines} * @return {_documented(returns)}\n */\n"
            f"function {safe(signature.function, self.taken)}({params}): {_native(returns)}\n"
            f"{{\n    // Write your solution here.\n    return {_ZEROS[returns.kind]};\n}}\n"
        )

    def program(self, code: str, signature: Signature, limits: Limits) -> Program:
        """The player's code is part of the request. PHP counts memory itself, so that it can say what ended it."""
        function = safe(signature.function, self.taken)

        def request(args: list[Any]) -> bytes:
            call = {
                "code": code if "<?" in code else f"<?php {code}",
                "function": function,
                "args": exact(args, signature),
                "returns": str(signature.returns),
            }
            return json.dumps(call, ensure_ascii=False).encode("utf-8", "replace")

        memory = ("-d", f"memory_limit={limits.memory_mib}M")
        command = (str(self.interpreter), *self.options, *memory, "/judge/php.php")
        told = partial(hinted, function=safe(signature.function, self.taken), code=code, obstacles=_OBSTACLES)
        return Program(Run("each", command, mounts=self.mounts, own_mib=160), request, told=told)

    def echo(self, signature: Signature) -> str:
        """Returns its argument."""
        return f"<?php\nfunction {safe(signature.function, self.taken)}($x)\n{{\n    return $x;\n}}\n"


def _native(type_: Type) -> str:
    if type_.kind == "optional":
        return f"?{_native(type_.element)}"
    return _NAMES.get(type_.kind, "array")


def _documented(type_: Type) -> str:
    if type_.kind == "list":
        return f"list<{_documented(type_.element)}>"
    if type_.kind == "map":
        return f"array<string, {_documented(type_.element)}>"
    if type_.kind == "optional":
        return f"{_documented(type_.element)}|null"
    return _NAMES[type_.kind]
