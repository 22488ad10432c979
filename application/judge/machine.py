"""The judge of one server: what runs programs, the languages that it proved, and whether it may be trusted."""

from __future__ import annotations

import logging
import time
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from redis import Redis, RedisError

from application.judge.conformance import Record, Unfinished, failure
from application.judge.engine import GoJudge
from application.judge.executor import DirectExecutor
from application.judge.grader import Grader
from application.judge.languages import find_all, known
from application.judge.languages.language import Language
from application.judge.languages.python import Python
from application.judge.runner import Runner, RunnerFailed
from application.judge.sandbox import Sandbox
from application.judge.sandbox.programs import ThisMachine
from application.judge.sandbox.store import USUAL, Bounds
from application.judge.self_test import SelfTest, self_test
from application.judge.signature import parse_signature
from application.judge.verdicts import Limits
from application.judge.workers import WorkersExecutor, announced, wait_for_announcement

TRIES = 3
"""How often a language that a server cannot be without is tried before it is ready."""

PAUSES = (0.0, 10.0, 60.0, 300.0, 900.0)
"""Seconds before each round of trying the other languages; what has not come to an end in the last is given up."""

_WARM = parse_signature("nothing", [], "int")

_log = logging.getLogger(__name__)


@dataclass
class Judge:
    """``grader`` is None where nothing may be judged, and ``self_test`` says why. ``languages`` are those on offer;
    ``missing`` says for each other one why it is not. ``installed`` were found at the start and have not failed since:
    those of them that are ``unproven`` are still to be tried."""

    grader: Grader | None
    self_test: SelfTest
    languages: dict[str, Language] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    installed: dict[str, Language] = field(default_factory=dict)
    unproven: dict[str, Language] = field(default_factory=dict)
    runner: Runner | None = None
    record: Record | None = None
    workers: WorkersExecutor | None = None

    @classmethod
    def at(cls, folder: Path, ready: int = 1, only: Collection[str] = (), bounds: Bounds = USUAL) -> Judge:
        """The judge of this machine, with its files in ``folder`` and ``ready`` warm sandboxes of each kind; proven to
        hold, and to speak at least Python. ``only`` names the languages that are wanted; all are when it is empty."""
        try:
            sandbox = Sandbox.at(folder, ready=ready, bounds=bounds)
            found, missing = find_all(ThisMachine(sandbox.runtime), only)
            python = found["python"]
            assert isinstance(python, Python)
            tested = self_test(sandbox, python)
        except Exception as error:  # whatever it is, it must not keep the rest of the server from starting
            return cls(None, SelfTest(False, "none", (str(error) or repr(error),)))
        if not tested.ok:
            return cls(None, tested, missing=missing)
        record = Record(sandbox.runtime.folder / "conformed.json", [mount.source for mount in sandbox.image])
        judge = cls.over(sandbox, tested, found, missing, record)
        for language in judge.languages.values():
            if language.included:
                sandbox.warm(language.program("", _WARM, Limits()).run, Limits().memory_mib)
        return judge

    @classmethod
    def elsewhere(cls, engine: GoJudge, only: Collection[str] = ()) -> Judge:
        """A judge that runs programs on an engine, which answers for containing them."""
        try:
            how = f"go-judge {engine.version()} at {engine.url}"
            found, missing = find_all(engine.host, only)
            judge = cls.over(engine, SelfTest(True, how), found, missing)
        except RunnerFailed as error:
            return cls(None, SelfTest(False, "none", (str(error),)))
        if "python" not in judge.languages:
            return cls(None, SelfTest(False, how, (f"Python: {judge.missing['python']}",)), missing=judge.missing)
        return judge

    @classmethod
    def on_workers(cls, redis: Redis, patience_seconds: float = 60.0) -> Judge:
        """A judge whose programs run on workers; it waits until there is one."""
        try:
            there = wait_for_announcement(redis, patience_seconds)
            spoken = announced(redis)
        except RedisError as error:
            return cls(None, SelfTest(False, "none", (f"Redis cannot be reached: {error}",)))
        if not there:
            return cls(None, SelfTest(False, "none", ("no judge worker is running: make worker",)))
        installed = {name: language for name, (language, _) in spoken.items()}
        judge = cls(None, SelfTest(True, "judge workers"), installed=installed)
        judge.languages.update((name, language) for name, (language, proven) in spoken.items() if proven)
        judge.unproven.update((name, each) for name, each in installed.items() if name not in judge.languages)
        judge.workers = WorkersExecutor(redis, judge.languages)
        judge.grader = Grader(judge.workers)
        return judge

    @classmethod
    def over(
        cls,
        runner: Runner,
        tested: SelfTest,
        found: Mapping[str, Language],
        missing: Mapping[str, str],
        record: Record | None = None,
    ) -> Judge:
        """A judge that runs programs in ``runner``, which passed its test."""
        judge = cls(None, tested, {}, dict(missing), dict(found), dict(found), runner, record)
        judge.grader = Grader(DirectExecutor(runner, judge.languages))
        for language in found.values():
            if record and language in record:
                judge._offer(language)
            elif language.included:
                for _ in range(TRIES):
                    if judge.prove(language) is not None:
                        break
        return judge

    def prove(self, language: Language) -> bool | None:
        """Try one language and offer it, or say why not; None when the trial came to no end, and it is to be tried
        again. Raises RunnerFailed."""
        assert self.runner is not None
        try:
            reason = failure(language, self.runner)
        except Unfinished as why:
            self.missing[language.id] = str(why)
            return None
        if reason:
            self._give_up(language, reason)
            return False
        if self.record:
            self.record.add(language)
        self._offer(language)
        return True

    def _offer(self, language: Language) -> None:
        self.unproven.pop(language.id, None)
        self.missing.pop(language.id, None)
        offered = {**self.languages, language.id: language}
        self.languages.clear()
        self.languages.update((kind.id, offered[kind.id]) for kind in known() if kind.id in offered)

    def _give_up(self, language: Language, reason: str) -> None:
        _log.warning("%s is not offered: %s", language.name, reason)
        self.missing[language.id] = reason
        self.unproven.pop(language.id, None)
        self.installed.pop(language.id, None)

    def prove_all(self, pauses: Sequence[float] = PAUSES) -> None:
        """Try whatever has not been tried, one language after another, and again what came to no end, after ``pauses``
        in seconds; where workers do so, follow them."""
        if self.workers:
            self.workers.follow()
        for pause in pauses:
            time.sleep(pause if self.unproven else 0)
            for language in list(self.unproven.values()):
                try:
                    self.prove(language)
                except RunnerFailed as error:
                    self.missing[language.id] = str(error)
        for language in list(self.unproven.values()):
            self._give_up(language, self.missing.get(language.id, "was not tried"))
