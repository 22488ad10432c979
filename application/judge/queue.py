"""The submissions that wait for a judge, and the greenlets that take them."""

from __future__ import annotations

import logging
from collections import OrderedDict, deque
from collections.abc import Callable, Hashable
from typing import Generic, Protocol, TypeVar

import gevent
from gevent.lock import Semaphore

from application.judge.grader import Grader
from application.judge.verdicts import Judgement, JudgeRequest, Verdict

ATTEMPTS = 2
"""How often a submission is tried before its judge_error stands."""

_log = logging.getLogger(__name__)

OnJudged = Callable[[int, Judgement], None]
T = TypeVar("T")


class JudgeQueue(Protocol):
    """Where submissions are put. Each gets exactly one judgement, told to the ``on_judged`` the queue was made with."""

    def put(self, key: int, request: JudgeRequest, match: int = 0) -> None:
        """Queue a submission of a match; does nothing while one of the same key is queued or being judged."""
        ...

    def __contains__(self, key: object) -> bool: ...

    @property
    def depth(self) -> int:
        """Submissions waiting, without those being judged."""
        ...

    def start(self) -> None: ...

    def stop(self, timeout_seconds: float) -> None: ...


class Turns(Generic[T]):
    """Items of several groups, taken one of a group in turn, so that a group with many cannot hold up the others.

    Within a group they keep their order. A group that comes to have items again waits behind those that have some.
    """

    def __init__(self) -> None:
        self._groups: OrderedDict[Hashable, deque[T]] = OrderedDict()

    def put(self, group: Hashable, item: T) -> None:
        """Add an item."""
        self._groups.setdefault(group, deque()).append(item)

    def take(self) -> T:
        """The next item; raises KeyError when there is none."""
        group, items = self._groups.popitem(last=False)
        item = items.popleft()
        if items:
            self._groups[group] = items
        return item

    def __len__(self) -> int:
        return sum(map(len, self._groups.values()))


class LocalJudgeQueue:
    """Judges in this process, ``slots`` at once; matches take turns. What is queued at ``stop`` is not judged: whoever
    owns the submissions puts them again at the next start."""

    def __init__(self, grader: Grader, slots: int, on_judged: OnJudged) -> None:
        self._grader, self._slots, self._on_judged = grader, slots, on_judged
        self._waiting: Turns[tuple[int, JudgeRequest]] = Turns()
        self._there = Semaphore(0)
        self._known: set[int] = set()
        self._stopping = False
        self._workers: list[gevent.Greenlet[[], None]] = []

    def put(self, key: int, request: JudgeRequest, match: int = 0) -> None:
        """Queue a submission, once."""
        if key not in self._known:
            self._known.add(key)
            self._waiting.put(match, (key, request))
            self._there.release()

    def __contains__(self, key: object) -> bool:
        return key in self._known

    @property
    def depth(self) -> int:
        """Submissions waiting, without those being judged."""
        return len(self._waiting)

    def start(self) -> None:
        """Start the slots; a second call does nothing."""
        if not self._workers:
            self._stopping = False
            self._workers = [gevent.spawn(self._work) for _ in range(self._slots)]

    def stop(self, timeout_seconds: float) -> None:
        """Let what is being judged finish within ``timeout_seconds``, then end it; its sandboxes end with it."""
        self._stopping = True
        while len(self._waiting):
            self._known.discard(self._waiting.take()[0])
        for _ in self._workers:
            self._there.release()
        gevent.joinall(self._workers, timeout=timeout_seconds)
        gevent.killall(self._workers)
        self._workers, self._there = [], Semaphore(0)

    def _work(self) -> None:
        while self._there.acquire() and not self._stopping:
            key, request = self._waiting.take()
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
