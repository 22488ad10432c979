"""One process under watch: what it writes, what it uses, and why the watching ended."""

from __future__ import annotations

import os
import select
import signal
import time
from typing import Any

from control import Control  # type: ignore[import-not-found]

CONSOLE_KEPT = 64 * 1024
CONSOLE_FLOOD = 1024 * 1024
TAIL_KEPT = 4096
MAX_RESULT = 1024 * 1024
LAST = b" last"
POLL_RDHUP = 0x2000
LOOK_SECONDS = 0.1
IDLE_SHARE = 0.05
"""How often it is looked whether a child computes; one that did for less than this share of the time waits. On a
machine that is busy elsewhere it computes slowly, but more than that."""

PATIENCE = 8
"""How many times its wall limit a child gets by the clock at most, however busy the machine is."""


class Child:
    """A process, its pidfd, the pipes it writes to and the pipe it reads from (each -1 where there is none)."""

    def __init__(self, pid: int, console: int, result: int = -1, request: int = -1) -> None:
        self.pid, self.console, self.result, self.request = pid, console, result, request
        self.pidfd = os.pidfd_open(pid)
        for descriptor in (console, result, request):
            if descriptor >= 0:
                os.set_blocking(descriptor, False)

    def cpu_ms(self) -> float:
        """CPU time of all its threads so far. The clock id of a process is made from its pid as in clock_getcpuclockid;
        there is no /proc here to read it from."""
        try:
            return time.clock_gettime((~self.pid << 3) | 2) * 1000
        except OSError:
            return 0.0

    def spent_ms(self) -> float:
        """CPU time of all that works for it, which is itself alone where nothing says otherwise."""
        return self.cpu_ms()

    def end(self) -> tuple[int, Any]:
        """Kill it if it still runs and reap it; its wait status and resource usage."""
        try:
            signal.pidfd_send_signal(self.pidfd, signal.SIGKILL)
        except ProcessLookupError:
            pass
        _, status, usage = os.wait4(self.pid, 0)
        os.close(self.pidfd)
        return status, usage

    def close(self) -> None:
        for descriptor in (self.console, self.result, self.request):
            if descriptor >= 0:
                os.close(descriptor)
        self.console = self.result = self.request = -1


class Pace:
    """Whether a child computes or waits, and for how long it has waited, in milliseconds."""

    def __init__(self, cpu_ms: float, now: float) -> None:
        self.idle, self.waited_ms = False, 0.0
        self._cpu_ms, self._since = cpu_ms, now

    def next_at(self, now: float) -> float:
        """Seconds until it is to be looked at again."""
        return self._since + LOOK_SECONDS - now

    def changed(self, cpu_ms: float, now: float) -> bool:
        """Look at the CPU time it has used by ``now``: whether it has begun to wait, or to compute again.

        A look that comes late says that the machine stands still, and nothing of the child.
        """
        elapsed = now - self._since
        if elapsed < LOOK_SECONDS:
            return False
        computed, late = cpu_ms - self._cpu_ms, elapsed > 2 * LOOK_SECONDS
        self._cpu_ms, self._since = cpu_ms, now
        if late:
            return False
        before, self.idle = self.idle, computed < IDLE_SHARE * elapsed * 1000
        if self.idle:
            self.waited_ms += elapsed * 1000
        return self.idle != before


class Watch:
    """What one child has written since the watching began. ``control`` is the descriptor at whose end all ends."""

    def __init__(self, child: Child, control: int) -> None:
        self.child, self.control = child, control
        self.console, self.tail, self.result = bytearray(), bytearray(), bytearray()
        self.printed, self.own_ms, self.waited_ms = 0, 0.0, 0.0

    def until_end(
        self,
        cpu_ms: float,
        wall_ms: float,
        *,
        framed: bool = False,
        feed: bytes = b"",
        last: bool = False,
        clock_ms: float = 0.0,
        tells: bool = True,
    ) -> str:
        """Read what the child writes until it exits, has answered (``framed``: a line with a length and as many bytes),
        floods, or has used up a limit. It is fed ``feed``, and when that is ``last``, the end of its input.

        ``wall_ms`` limits what it computes and waits together, which is ``own_ms`` afterwards; ``clock_ms`` (by default
        ``PATIENCE`` times that) all of its time, of which it was kept from computing for the rest. When it begins to
        wait or to compute again, the other side of the control socket is sent ``{"end": "idle"}`` or ``"busy"``, where
        it ``tells``.

        Returns ``exited``, ``answered``, ``console``, ``result``, ``cpu``, ``wall`` or, by the clock, ``late``.
        """
        child, poll = self.child, select.poll()
        poll.register(self.control, POLL_RDHUP)
        poll.register(child.pidfd, select.POLLIN)
        for descriptor in (child.console, child.result):
            if descriptor >= 0:
                poll.register(descriptor, select.POLLIN)
        unsent = memoryview(feed)
        feeding = child.request >= 0 and (bool(unsent) or last)
        if feeding:
            poll.register(child.request, select.POLLOUT)
        cpu_base, spent_base, now = child.cpu_ms(), child.spent_ms(), time.monotonic()
        deadline = now + (clock_ms or PATIENCE * wall_ms) / 1000
        pace = Pace(spent_base, now)
        while True:
            used, spent, now = child.cpu_ms(), child.spent_ms(), time.monotonic()
            if pace.changed(spent, now) and tells:
                Control(self.control).send({"end": "idle" if pace.idle else "busy"})
            cpu_left = cpu_ms - (used - cpu_base)
            self.waited_ms = pace.waited_ms
            self.own_ms = spent - spent_base + self.waited_ms
            own_left, clock_left = wall_ms - self.own_ms, (deadline - now) * 1000
            if cpu_left <= 0:
                return "cpu"
            if own_left <= 0:
                return "wall"
            if clock_left <= 0:
                return "late"
            # A child with threads burns more than one second a second, so half of what is left is safe to sleep.
            ready = poll.poll(max(1.0, min(cpu_left / 2, own_left, clock_left, pace.next_at(now) * 1000)))
            exited = False
            for descriptor, _ in ready:
                if descriptor == self.control:
                    os._exit(0)
                elif descriptor == child.pidfd:
                    exited = True
                elif descriptor == child.request and feeding:
                    unsent = self._write(unsent)
                    if not unsent:
                        feeding = False
                        poll.unregister(child.request)
                        if last:
                            os.close(child.request)
                            child.request = -1
                elif not self._read(descriptor):
                    poll.unregister(descriptor)
            if exited:
                self._drain()
            if self.printed > CONSOLE_FLOOD:
                return "console"
            if len(self.result) > MAX_RESULT:
                return "result"
            if exited:
                return "exited"
            if framed and self.answer() is not None:
                self._drain()
                return "answered"

    def answer(self) -> bytes | None:
        """The first whole frame of the result pipe, or None while there is none."""
        end = self.result.find(b"\n", 0, 12 + len(LAST))
        size = bytes(self.result[: max(0, end)]).removesuffix(LAST)
        if not size.isdigit():
            return None
        length = int(size)
        return bytes(self.result[end + 1 : end + 1 + length]) if len(self.result) > end + length else None

    @property
    def was_last(self) -> bool:
        """Whether the frame says that the process wants no further test."""
        return self.result[: self.result.find(b"\n")].endswith(LAST)

    def _write(self, unsent: memoryview) -> memoryview:
        try:
            return unsent[os.write(self.child.request, unsent) :]
        except BlockingIOError:
            return unsent
        except OSError:
            return memoryview(b"")

    def _read(self, descriptor: int) -> bool:
        """Take what is there; False at the end of the pipe."""
        try:
            chunk = os.read(descriptor, 65536)
        except BlockingIOError:
            return True
        if descriptor == self.child.result:
            self.result += chunk
        else:
            self.printed += len(chunk)
            self.console += chunk[: max(0, CONSOLE_KEPT - len(self.console))]
            self.tail = (self.tail + chunk)[-TAIL_KEPT:]
        return bool(chunk)

    def _drain(self) -> None:
        """Take what is left in the pipes without waiting; what is beyond the caps stays there."""
        for descriptor in (self.child.console, self.child.result):
            before = -1
            while before != (size := self.printed + len(self.result)) and size <= CONSOLE_FLOOD + MAX_RESULT:
                before = size
                if descriptor >= 0:
                    self._read(descriptor)


def reported(watch: Watch, end: str, cpu_before_ms: float = 0.0) -> dict[str, Any]:
    """End the child, and the header that says what became of it."""
    child = watch.child
    status, usage = child.end()
    child.close()
    return {
        "end": end,
        "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
        "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
        "cpu_ms": round((usage.ru_utime + usage.ru_stime) * 1000 - cpu_before_ms),
        "memory_kib": usage.ru_maxrss,
        "tail": bytes(watch.tail).decode("latin-1") if end == "exited" else "",
        "printed": watch.printed,
    }
