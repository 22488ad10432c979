"""The first process of a sandbox: runs one test after another, each within its limits, and reports what happened.

It is process 1 of its namespace, so the kernel drops every signal that a player's program sends it, and when it ends
everything in the sandbox ends with it. It neither reads nor runs a player's code: in ``fork`` mode it forks a child
for each test and the child itself takes the test from the control socket; in ``process`` mode it starts one command
that answers test after test, and starts another when that one has died.

Control socket (standard input), all numbers big-endian:
  to us     u32 CPU milliseconds, u32 wall milliseconds, u32 length, then the test: JSON, opaque here
  from us   u32 length, header (JSON), then ``console`` and ``result`` bytes as many as the header says
A greeting, the header ``{"end": "ready"}``, comes first. The only argument is the setup as JSON:
``{"mode", "command", "memory_mib", "data_mib", "environment"}``.
"""

from __future__ import annotations

import json
import os
import resource
import select
import signal
import socket
import struct
import sys
import time
from typing import Any

CONSOLE_KEPT = 64 * 1024
CONSOLE_FLOOD = 1024 * 1024
TAIL_KEPT = 4096
RESULT_MOST = 1024 * 1024
PROCESS_START_SECONDS = 10.0
POLL_RDHUP = 0x2000

_HEADER = struct.Struct("!III")
_LENGTH = struct.Struct("!I")


class Child:
    """One process under watch: its pidfd, the pipes it writes to and, in process mode, the pipe it reads from."""

    def __init__(self, pid: int, console: int, result: int, request: int = -1) -> None:
        self.pid, self.console, self.result, self.request = pid, console, result, request
        self.pidfd = os.pidfd_open(pid)
        for descriptor in (console, result):
            os.set_blocking(descriptor, False)

    def cpu_ms(self) -> float:
        """CPU time of all its threads so far. The clock id of a process is made from its pid as in clock_getcpuclockid;
        there is no /proc here to read it from."""
        try:
            return time.clock_gettime((~self.pid << 3) | 2) * 1000
        except OSError:
            return 0.0

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


class Watch:
    """What one child has written, and why the watching ended."""

    def __init__(self, child: Child, control: socket.socket) -> None:
        self.child, self.control = child, control
        self.console, self.tail, self.result = bytearray(), bytearray(), bytearray()
        self.printed = 0

    def until_end(self, cpu_ms: float, wall_ms: float, framed: bool, feed: bytes = b"") -> str:
        """Read what the child writes until it exits, has answered (``framed``: a length and as many bytes), floods,
        or has used up a limit. Returns ``exited``, ``answered``, ``console``, ``result``, ``cpu`` or ``wall``."""
        child, poll = self.child, select.poll()
        poll.register(self.control.fileno(), POLL_RDHUP)
        poll.register(child.pidfd, select.POLLIN)
        poll.register(child.console, select.POLLIN)
        poll.register(child.result, select.POLLIN)
        unsent = memoryview(feed)
        if unsent:
            os.set_blocking(child.request, False)
            poll.register(child.request, select.POLLOUT)
        cpu_base, deadline = child.cpu_ms(), time.monotonic() + wall_ms / 1000
        while True:
            cpu_left = cpu_ms - (child.cpu_ms() - cpu_base)
            wall_left = (deadline - time.monotonic()) * 1000
            if cpu_left <= 0:
                return "cpu"
            if wall_left <= 0:
                return "wall"
            # A child with threads burns more than one second a second, so half of what is left is safe to sleep.
            ready = poll.poll(max(1.0, min(cpu_left / (2 if framed else 1), wall_left)))
            exited = False
            for descriptor, _ in ready:
                if descriptor == self.control.fileno():
                    os._exit(0)
                elif descriptor == child.pidfd:
                    exited = True
                elif descriptor == child.request:
                    try:
                        unsent = unsent[os.write(child.request, unsent) :]
                    except BlockingIOError:
                        pass
                    except OSError:
                        unsent = memoryview(b"")
                    if not unsent:
                        poll.unregister(child.request)
                elif not self.read(descriptor):
                    poll.unregister(descriptor)
            if exited:
                self.drain()
            if self.printed > CONSOLE_FLOOD:
                return "console"
            if len(self.result) > RESULT_MOST:
                return "result"
            if exited:
                return "exited"
            if framed and self.answer() is not None:
                self.drain()
                return "answered"

    def read(self, descriptor: int) -> bool:
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

    def drain(self) -> None:
        """Take what is left in both pipes without waiting; what is beyond the caps stays there."""
        for descriptor in (self.child.console, self.child.result):
            before = -1
            while before != (size := self.printed + len(self.result)) and size <= CONSOLE_FLOOD + RESULT_MOST:
                before = size
                self.read(descriptor)

    def answer(self) -> bytes | None:
        """The first whole frame of the result pipe, or None while there is none."""
        if len(self.result) < _LENGTH.size:
            return None
        (length,) = _LENGTH.unpack_from(self.result)
        if len(self.result) < _LENGTH.size + length:
            return None
        return bytes(self.result[_LENGTH.size : _LENGTH.size + length])


def limit_resources(memory_mib: int, data_mib: int, cpu_seconds: int, processes: int) -> None:
    """Bind the calling process for good: hard limits cannot be raised again without privileges.

    No file may grow (FSIZE), which also keeps memory out of memfd files. ``memory_mib`` bounds the address space, for
    V8 (0 there), which reserves far more than it uses, ``data_mib`` its writable private memory.
    """
    limits = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_NOFILE: 64,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_CPU: cpu_seconds,
        resource.RLIMIT_NPROC: processes,
    }
    if memory_mib:
        limits[resource.RLIMIT_AS] = memory_mib * 1024 * 1024
    if data_mib:
        limits[resource.RLIMIT_DATA] = data_mib * 1024 * 1024
    for kind, most in limits.items():
        resource.setrlimit(kind, (most, most))


class Supervisor:
    def __init__(self, setup: dict[str, Any], control: socket.socket) -> None:
        self.setup, self.control = setup, control
        self.process: Child | None = None

    def serve(self) -> None:
        """Answer test after test until the other side closes."""
        if self.setup["mode"] == "process":
            self.start_process()
        self.send({"end": "ready"})
        while True:
            header = self.receive(_HEADER.size)
            cpu_ms, wall_ms, length = _HEADER.unpack(header)
            if self.setup["mode"] == "fork":
                self.run_forked(cpu_ms, wall_ms, length)
            else:
                self.run_in_process(cpu_ms, wall_ms, self.receive(length))

    def receive(self, length: int) -> bytes:
        received = bytearray()
        while len(received) < length:
            chunk = self.control.recv(length - len(received))
            if not chunk:
                os._exit(0)
            received += chunk
        return bytes(received)

    def send(self, header: dict[str, Any], console: bytes = b"", result: bytes = b"") -> None:
        text = json.dumps({**header, "console": len(console), "result": len(result)}).encode()
        self.control.sendall(_LENGTH.pack(len(text)) + text + console + result)

    def run_forked(self, cpu_ms: int, wall_ms: int, length: int) -> None:
        console, console_in = os.pipe()
        result, result_in = os.pipe()
        pid = os.fork()
        if pid == 0:
            self.become_child(cpu_ms, length, console_in, result_in)
        os.close(console_in)
        os.close(result_in)
        child = Child(pid, console, result)
        watch = Watch(child, self.control)
        end = watch.until_end(cpu_ms, wall_ms, framed=False)
        self.finish(watch, end, bytes(watch.result))

    def become_child(self, cpu_ms: int, length: int, console: int, result: int) -> None:
        """In the fork: take the test, give up everything else, and run it. Never returns."""
        try:
            payload = self.receive(length)
            os.setsid()
            os.dup2(os.open("/dev/null", os.O_RDONLY), 0)
            os.dup2(console, 1)
            os.dup2(console, 2)
            os.dup2(result, 3)
            os.closerange(4, 1024)
            signal.signal(signal.SIGINT, signal.SIG_DFL)
            # One process and no more: neither a fork nor a thread. The address space holds the interpreter too.
            limit_resources(self.setup["memory_mib"] + 64, 0, cpu_ms // 1000 + 2, processes=0)
            import python_child  # type: ignore[import-not-found]

            python_child.main(payload, 3)
        finally:
            os._exit(70)

    def start_process(self) -> None:
        """Start the command; when it says that it is ready, forbid it to make another process or thread."""
        request_out, request = os.pipe()
        console, console_in = os.pipe()
        result, result_in = os.pipe()
        pid = os.fork()
        if pid == 0:
            try:
                os.setsid()
                # Beyond the standard streams first, so that no dup2 overwrites a pipe still to be moved.
                kept = [os.dup2(end, 20 + index) for index, end in enumerate((request_out, console_in, result_in))]
                os.dup2(kept[0], 0)
                os.dup2(kept[1], 1)
                os.dup2(kept[1], 2)
                os.dup2(kept[2], 3)
                os.closerange(4, 1024)
                limit_resources(0, self.setup["data_mib"], 600, processes=64)
                os.execve(self.setup["command"][0], self.setup["command"], self.setup["environment"])
            finally:
                os._exit(71)
        for end in (request_out, console_in, result_in):
            os.close(end)
        child = Child(pid, console, result, request)
        watch = Watch(child, self.control)
        if watch.until_end(PROCESS_START_SECONDS * 1000, PROCESS_START_SECONDS * 1000, framed=True) != "answered":
            status, _ = child.end()
            sys.stderr.write(f"{self.setup['command'][0]} did not start (status {status}): ")
            sys.stderr.write(bytes(watch.tail).decode(errors="replace"))
            os._exit(72)
        resource.prlimit(pid, resource.RLIMIT_NPROC, (0, 0))
        self.process = child

    def run_in_process(self, cpu_ms: int, wall_ms: int, payload: bytes) -> None:
        if self.process is None:
            self.start_process()
        child = self.process
        assert child is not None
        watch = Watch(child, self.control)
        before = child.cpu_ms()
        end = watch.until_end(cpu_ms, wall_ms, framed=True, feed=_LENGTH.pack(len(payload)) + payload)
        if end == "answered":
            spent = round(child.cpu_ms() - before)
            answer = watch.answer() or b""
            self.send({"end": end, "cpu_ms": spent}, bytes(watch.console), answer)
            return
        self.process = None
        self.finish(watch, end, watch.answer() or b"", before)

    def finish(self, watch: Watch, end: str, result: bytes, cpu_before: float = 0.0) -> None:
        """End the child, and report."""
        child = watch.child
        status, usage = child.end()
        child.close()
        self.send(
            {
                "end": end,
                "signal": os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0,
                "code": os.WEXITSTATUS(status) if os.WIFEXITED(status) else 0,
                "cpu_ms": round((usage.ru_utime + usage.ru_stime) * 1000 - cpu_before),
                "memory_kib": usage.ru_maxrss,
                "tail": bytes(watch.tail).decode("latin-1") if end == "exited" else "",
                "printed": watch.printed,
            },
            bytes(watch.console),
            result[:RESULT_MOST],
        )


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    setup = json.loads(sys.argv[1])
    control = socket.socket(fileno=os.dup(0))
    control.setblocking(True)
    if setup["mode"] == "fork":
        import python_child

        python_child.warm_up()
    Supervisor(setup, control).serve()


if __name__ == "__main__":
    main()
