"""The submissions that wait for a judge."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Protocol

import gevent

from application.judge.grader import Grader
from application.judge.slots import Slots
from application.judge.turns import Asker
from application.judge.verdicts import Judgement, JudgeRequest, Verdict

ATTEMPTS = 2
"""How often a submission is tried before a judge_error is final."""

_log = logging.getLogger(__name__)

OnJudged = Callable[[int, Judgement], None]


class JudgeQueue(Protocol):
    """Where submissions are put. Each gets exactly one judgement, told to the ``on_judged`` the queue was made with."""

    def put(self, key: int, request: JudgeRequest, user: int = 0, match: int = 0) -> None:
        """Queue a user's submission in a match; does nothing while one of the same key is queued or being judged."""
        ...

    def __contains__(self, key: object) -> bool: ...

    @property
    def depth(self) -> int:
        """Submissions waiting, without those being judged."""
        ...

    def start(self) -> None: ...

    def stop(self, timeout_seconds: float) -> None: ...


class LocalJudgeQueue:
    """Judges in this process, as many submissions at once as there are slots; askers take turns. What is still queued
    at ``stop`` is not judged; the owner of the submissions queues it again at the next start."""

    def __init__(
        self,
        grader: Grader,
        slots: Slots,
        on_judged: OnJudged,
        address_of: Callable[[int], str] = lambda _: "",
    ) -> None:
        """``address_of`` says where a user is, or nothing when that is not known."""
        self._grader, self._slots, self._on_judged, self._address_of = grader, slots, on_judged, address_of
        self._waiting: dict[int, tuple[JudgeRequest, Asker]] = {}
        self._known: set[int] = set()
        self._jobs: dict[int, gevent.Greenlet[[int, JudgeRequest, Asker], None]] = {}
        self._started = False

    def put(self, key: int, request: JudgeRequest, user: int = 0, match: int = 0) -> None:
        """Queue a submission, once."""
        if key not in self._known:
            self._known.add(key)
            self._waiting[key] = request, Asker(user, self._address_of(user), match)
            if self._started:
                self._take_on(key)

    def __contains__(self, key: object) -> bool:
        return key in self._known

    @property
    def depth(self) -> int:
        """Submissions waiting, without those being judged."""
        return len(self._waiting)

    def start(self) -> None:
        """Begin to judge; a second call does nothing."""
        if not self._started:
            self._started = True
            for key in self._waiting:
                self._take_on(key)

    def stop(self, timeout_seconds: float) -> None:
        """Let what is being judged finish within ``timeout_seconds``, then end it; its sandboxes end with it."""
        self._started = False
        dropped = list(self._waiting)
        self._waiting.clear()
        gevent.killall([self._jobs[key] for key in dropped if key in self._jobs])
        self._known.difference_update(dropped)
        jobs = list(self._jobs.values())
        gevent.joinall(jobs, timeout=timeout_seconds)
        gevent.killall(jobs)

    def _take_on(self, key: int) -> None:
        self._jobs[key] = job = gevent.spawn(self._work, key, *self._waiting[key])
        job.link(lambda _: self._jobs.pop(key, None))

    def _work(self, key: int, request: JudgeRequest, asker: Asker) -> None:
        with self._slots.held(asker, request.limits.memory_mib):
            self._waiting.pop(key, None)
            try:
                self._on_judged(key, self._judge(request))
            except Exception:
                _log.exception("the judgement of submission %s could not be delivered", key)
            finally:
                # Known until delivered: whoever looks for submissions without a verdict must not put it again before.
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
