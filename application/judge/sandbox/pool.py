"""Sandboxes that are kept warm, so that a submission does not wait for one to start."""

from __future__ import annotations

import contextlib
from collections import OrderedDict
from collections.abc import Callable, Iterator

from application.judge.languages.program import Run
from application.judge.sandbox.box import Box, SandboxFailed

MAX_USES = 200
"""Submissions that one sandbox judges before it is replaced."""

MAX_KINDS = 6
"""Kinds of sandboxes kept ready, the last used."""

Kind = tuple[Run, int]
"""What a sandbox runs, and the memory in MiB that its process was started with (0 where each test brings its own)."""


def kind_of(run: Run, memory_mib: int) -> Kind:
    """Which sandboxes suit a program."""
    return run, memory_mib if run.mode == "serve" else 0


class Pool:
    """Starts sandboxes ahead of need: ``ready`` of each kind that was asked for lately."""

    def __init__(self, start: Callable[[Kind], Box], ready: int) -> None:
        self._start, self._ready = start, ready
        self._waiting: OrderedDict[Kind, list[Box]] = OrderedDict()
        self._uses: dict[Box, int] = {}

    @contextlib.contextmanager
    def lend(self, kind: Kind, *, fresh: bool = False) -> Iterator[Loan]:
        """A sandbox for one submission; where it is to be ``fresh``, one that is started for it.

        It comes back to the pool only when the borrower says so (``keep``); any other way it is ended, and another is
        started in its place. Raises SandboxFailed.
        """
        box = self._started(kind) if fresh else self._taken(kind)
        loan = Loan(box, fresh=box not in self._uses)
        try:
            yield loan
        finally:
            uses = self._uses.pop(loan.box, 0) + 1
            if loan.kept and uses < MAX_USES and loan.box.alive and self._ready:
                self._uses[loan.box] = uses
                self._waiting.setdefault(kind, []).append(loan.box)
            else:
                loan.box.close()
            self.warm(kind)

    def warm(self, kind: Kind) -> None:
        """Start what is missing of this kind, without waiting for it."""
        if not self._ready:
            return
        boxes = self._waiting.setdefault(kind, [])
        self._waiting.move_to_end(kind)
        with contextlib.suppress(SandboxFailed):  # whoever needs one will hear
            while len(boxes) < self._ready:
                boxes.append(self._start(kind))
        with contextlib.suppress(IndexError):  # another thread was quicker
            while len(boxes) > self._ready:
                self._drop(boxes.pop())  # taken out first: ending it takes a while, in which others look here, too
        while len(self._waiting) > MAX_KINDS:
            for box in self._waiting.popitem(last=False)[1]:
                self._drop(box)

    def close(self) -> None:
        """End every sandbox that waits."""
        while self._waiting:
            for box in self._waiting.popitem()[1]:
                self._drop(box)

    def _taken(self, kind: Kind) -> Box:
        boxes = self._waiting.get(kind, [])
        while boxes:
            try:
                box = boxes.pop(0)
            except IndexError:  # another thread was quicker
                break
            if box.alive:
                try:
                    box.greet()
                    return box
                except SandboxFailed:
                    pass  # it was well when it was started; a new one tells what is wrong now
            self._drop(box)
        return self._started(kind)

    def _started(self, kind: Kind) -> Box:
        box = self._start(kind)
        try:
            box.greet()
        except BaseException:
            box.close()
            raise
        return box

    def _drop(self, box: Box) -> None:
        self._uses.pop(box, None)
        box.close()


class Loan:
    """A sandbox that is lent. It is ``fresh`` where no other submission was judged in it; ``keep`` says that it behaved
    and may be lent again."""

    def __init__(self, box: Box, *, fresh: bool = True) -> None:
        self.box, self.fresh, self.kept = box, fresh, False

    def keep(self) -> None:
        """Let it go back to the pool."""
        self.kept = True
