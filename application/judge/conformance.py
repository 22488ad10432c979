"""Proof that a language carries every value there and back. One that fails is not offered.

The same program, which returns its argument, is written in every language for a handful of types that between them have
everything in them. What has passed once is remembered for as long as nothing that it depends on has changed, since
compiling five programs takes some languages ten seconds. What has not passed is not remembered: the machine may have
been busy, or the server been stopped, and the next start finds out.
"""

from __future__ import annotations

import hashlib
import inspect
import json
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from application.judge.checkers import compare
from application.judge.languages.language import HARNESS, Language
from application.judge.runner import Runner
from application.judge.signature import MAX_INT, parse_signature
from application.judge.verdicts import Limits, Verdict

_AWKWARD = ["", 'a "quoted" \\ line\n\t\r', "\x00\x1f\x7f", "ß \u2028 日本語 \U0001f600", "null", "1"]
VALUES: dict[str, list[Any]] = {
    "list<map<string,optional<int>>>": [
        [],
        [{}],
        [{"": MAX_INT, "ß\n\"'": -MAX_INT, "1": 0}, {"none": None, "one": 1}],
    ],
    "map<string,list<list<float>>>": [
        {},
        {"a": [], "b": [[], [0.1, -1.5, 3.0]], "c": [[1e22, 5e-324, 1.7976931348623157e308]]},
    ],
    "list<optional<string>>": [[None], [*_AWKWARD, None], ["x" * 10_000]],
    "optional<map<string,list<bool>>>": [None, {}, {"x": [True, False], "y": []}],
    "list<list<int>>": [[[1], [], [2, 3]], [[]], [list(range(5000))]],
}
"""Values of each type that a program must give back as it got them."""

_LIMITS = Limits(time_ms=5000, memory_mib=256)


class Unfinished(Exception):
    """A trial came to no end: a program did not compile or return. That may be the language's fault, or that of a
    machine that is overloaded or shutting down; the message says what happened."""


def failure(language: Language, runner: Runner, values: dict[str, list[Any]] | None = None) -> str | None:
    """What the language gets wrong, as a sentence for whoever runs the server; None when it conforms.

    Raises Unfinished and RunnerFailed.
    """
    for type_, cases in (values or VALUES).items():
        signature = parse_signature("echo_back", [("x", type_)], type_)
        program = language.program(language.echo(signature), signature, _LIMITS)
        runs = runner.run(program, [[case] for case in cases], _LIMITS)
        for case, run in zip(cases, runs, strict=True):
            if run.verdict is not Verdict.ACCEPTED:
                raise Unfinished(f"{type_} does not come back: {run.message or run.verdict}"[:400])
            wrong = compare("exact", run.value, case, signature.returns)
            if wrong:
                return f"{type_} does not come back as it went in: {wrong}"[:400]
    return None


class Record:
    """Which languages have conformed, kept in a file."""

    def __init__(self, path: Path, made_of: Iterable[object]) -> None:
        """``made_of``: what else a language's conformance depends on, such as the sandbox it runs in."""
        self._path, self._made_of = path, [*map(str, made_of), repr(VALUES)]

    def __contains__(self, language: Language) -> bool:
        """Whether the language has conformed."""
        return self._fingerprint(language) in self._read()

    def add(self, language: Language) -> None:
        """Remember that the language has conformed."""
        known = [*self._read(), self._fingerprint(language)]
        fresh = self._path.with_suffix(f".{os.getpid()}.{threading.get_ident()}")  # servers and workers may share it
        # The folder is open to the sandbox's user, whom this does not concern.
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            json.dump(dict.fromkeys(known[-100:]), file)
        fresh.replace(self._path)

    def _read(self) -> list[str]:
        """The fingerprints of what has conformed. Files of older versions have failures in them, too, with a reason."""
        try:
            read = json.loads(self._path.read_text())
        except (OSError, ValueError):
            return []
        return [name for name, failure in read.items() if failure is None] if isinstance(read, dict) else []

    def _fingerprint(self, language: Language) -> str:
        module = inspect.getmodule(type(language))
        parts = [*self._made_of, language.id, repr(language), inspect.getsource(module) if module else ""]
        parts += [file.read_text(encoding="utf-8") for file in sorted(HARNESS.iterdir()) if file.is_file()]
        return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
