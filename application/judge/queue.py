"""The submissions that wait for a judge, and the greenlets that take them."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

import gevent
from gevent.queue import SimpleQueue

from application.judge.grader import Grader
from application.judge.verdicts import Judgement, JudgeRequest, Verdict

ATTEMPTS = 2
"""How often a submission is tried before its judge_error stands."""

_log = logging.getLogger(__name__)

OnJudged = Callable[[int, Judgement], None]


class JudgeQueue(Protocol):
    """Where submissions are put. Each gets exactly one judgement, told to the ``on_judged`` the queue was made with."""

    def put(self, key: int, request: JudgeRequest) -> None:
        """Queue a submission; does nothing while one of the same key is queued or being judged."""
        ...

    def __contains__(self, key: object) -> bool: ...

    @property
    def depth(self) -> int:
        """Submissions waiting, without those being judged."""
        ...

    def start(self) -> None: ...

    def stop(self, timeout_seconds: float) -> None: ...


class LocalJudgeQueue:
    """Judges in this process, ``slots`` at once, in the order of arrival. What is queued at ``stop`` is not judged:
    whoever owns the submissions puts them again at the next start."""

    def __init__(self, grader: Grader, slots: int, on_judged: OnJudged) -> None:
        self._grader, self._slots, self._on_judged = grader, slots, on_judged
        self._waiting: SimpleQueue[tuple[int, JudgeRequest] | None] = SimpleQueue()
        self._known: set[int] = set()
        self._running = 0
        self._workers: list[gevent.Greenlet[[], None]] = []

    def put(self, key: int, request: JudgeRequest) -> None:
        """Queue a submission, once."""
        if key not in self._known:
            self._known.add(key)
            self._waiting.put((key, request))

    def __contains__(self, key: object) -> bool:
        return key in self._known

    @property
    def depth(self) -> int:
        """Submissions waiting, without those being judged."""
        return len(self._known) - self._running

    def start(self) -> None:
        """Start the slots; a second call does nothing."""
        if not self._workers:
            self._workers = [gevent.spawn(self._work) for _ in range(self._slots)]

    def stop(self, timeout_seconds: float) -> None:
        """Let what is being judged finish within ``timeout_seconds``, then end it; its sandboxes end with it."""
        waiting = [self._waiting.get() for _ in range(self._waiting.qsize())]
        self._known.difference_update(item[0] for item in waiting if item)
        for _ in self._workers:
            self._waiting.put(None)
        gevent.joinall(self._workers, timeout=timeout_seconds)
        gevent.killall(self._workers)
        self._workers = []
        self._waiting = SimpleQueue()  # without the end marks of workers that had to be killed

    def _work(self) -> None:
        while item := self._waiting.get():
            key, request = item
            self._running += 1
            try:
                self._on_judged(key, self._judge(request))
            except Exception:
                _log.exception("the judgement of submission %s could not be delivered", key)
            finally:
                # Known until delivered: whoever looks for submissions without a verdict must not put it again before.
                self._running -= 1
                self._known.discard(key)

    def _judge(self, request: JudgeRequest) -> Judgement:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                judgement = self._grader.judge(request)
            except Exception as error:
                _log.exception("judging failed")
                message = f"The judge failed: {type(error).__name__}."
                judgement = Judgement(Verdict.JUDGE_ERROR, 0, len(request.tests), message=message)
            if judgement.verdict is not Verdict.JUDGE_ERROR:
                break
            _log.warning("attempt %d at judging failed: %s", attempt, judgement.message)
        return judgement
