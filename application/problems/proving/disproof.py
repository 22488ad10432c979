"""What the parts of a proof have in common: how it fails, how long it waits, how calls are told apart and shown."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from application.judge.verdicts import Limits, Verdict
from application.problems.proving.batches import Answer

Progress = Callable[[str], None]
"""Told of each stage as it begins."""

_SHOWN = 300
_NAMES = {"brute": "brute force", "naive": "naive solution"}


class Disproved(Exception):
    """A problem is not what it says. ``stage`` is where that was seen, ``reason`` is a sentence for its author."""

    def __init__(self, stage: str, reason: str) -> None:
        super().__init__(f"{stage}: {reason}")
        self.stage, self.reason = stage, reason


@dataclass(frozen=True)
class Patience:
    """CPU time after which a program is one that does not end, in milliseconds. ``batch_ms`` is for some hundreds of
    calls together; ``mutant_batch_ms`` is for those of a mutant, of which many do not end; ``call_ms`` is for one call
    of a solution that is not held to a problem's limits."""

    batch_ms: int = 10_000
    mutant_batch_ms: int = 500
    call_ms: int = 10_000

    @property
    def call(self) -> Limits:
        """The limits of one such call."""
        return Limits(self.call_ms, memory_mib=512)


PATIENT = Patience()
"""For proofs that count."""


def require_answer(name: str, of: str, answer: Answer) -> None:
    """Raise Disproved when the program of this name came to no answer; ``of`` says which call that was."""
    called = _NAMES.get(name, name)
    if answer.flaw.startswith(Verdict.TIME_LIMIT.value):
        raise Disproved("time", f"the {called} does not end, with {of}")
    if answer.flaw:
        raise Disproved(name, f"{answer.flaw}, with {of}")


def key(call: Sequence[Any]) -> str:
    """A call as text; equal calls have the same."""
    return json.dumps(call, sort_keys=True)


def distinct(calls: Sequence[list[Any]]) -> list[list[Any]]:
    """The calls, each once, in the order of their first places."""
    return list({key(call): call for call in calls}.values())


def shown(value: Any) -> str:
    """A value as its author reads it in a reason; of a long one the beginning."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "..."
