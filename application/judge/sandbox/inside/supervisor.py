"""The first process of a sandbox: runs one test after another, each within its limits, and reports what happened.

It is process 1 of its namespace, so the kernel drops every signal that a player's program sends it, and when it ends
everything in the sandbox ends with it. It neither reads nor runs a player's code: in ``fork`` mode it forks a child
for each test and the child itself takes the test from the control socket; in ``each`` mode it starts a command for
each test; in ``serve`` mode it starts one that answers test after test, and another when that one has died.

A greeting, the header ``{"end": "ready"}``, comes first on the control socket (standard input; see ``control``). A test
is ``{"cpu_ms", "wall_ms", "memory_mib", "length"}`` and its payload, opaque here. The only argument is the setup as
JSON: ``{"mode", "command", "environment", "result", "threads", "limit", "own_mib", "memory_mib"}``, in the words of
``judge.languages.program``. ``build`` mode is ``builder``'s.
"""

from __future__ import annotations

import fcntl
import json
import os
import resource
import select
import signal
import sys
from typing import Any, NoReturn

import bounds  # type: ignore[import-not-found]
import seccompy  # type: ignore[import-not-found, unused-ignore]
from control import Control  # type: ignore[import-not-found]
from watch import MAX_RESULT, Child, Watch, reported  # type: ignore[import-not-found]

START_SECONDS = 20.0
START_THREADS = 64
"""Threads that a runtime may need while it starts; afterwards it gets what its language says."""
SPARE_THREADS = 8
HEIR_SECONDS = 10.0
"""How long the process that waits for a Python test may take to fork the next one."""


class Supervisor:
    def __init__(self, setup: dict[str, Any], control: Control) -> None:
        self.setup, self.control = setup, control
        self.process: Child | None = None
        self.line: Line | None = None
        self.lowest = 0

    def filter(self) -> bounds.Filter:
        """The filter for this process, a player's."""
        mode = self.setup["mode"]
        threads = mode == "serve" or self.setup["threads"] > 0
        made = bounds.player_filter(os.getpid(), threads=threads, execute=mode != "fork")
        assert made.program  # made now: whoever waits for a test has the time
        return made

    def serve(self) -> None:
        """Answer test after test until the other side closes."""
        if self.setup["mode"] == "serve":
            self.start_process()
        if self.setup["mode"] == "fork":
            self.line = Line(self)
        self.lowest = lowest_free()
        self.control.send({"end": "ready"})
        while True:
            test = self.control.header()
            if self.setup["mode"] == "fork":
                self.run_forked(test)
            elif self.setup["mode"] == "each":
                self.run_once(test)
            else:
                self.run_in_process(test)

    def run_forked(self, test: dict[str, Any]) -> None:
        """In the heir that waits. It leaves another before it takes the test itself."""
        line = self.line
        assert line is not None
        child = Child(line.heir, os.dup(line.console), os.dup(line.result))
        line.hand(test)
        watch = Watch(child, self.control.descriptor)
        end = watch.until_end(test["cpu_ms"], test["wall_ms"])
        header = reported(watch, end)
        line.empty()
        self.finish(watch, header, clean=line.heir == child.pid + 1 and self.is_clean(line.heir))

    def run_once(self, test: dict[str, Any]) -> None:
        """In a process of its own, which is sent the test and then the end of its input."""
        payload = self.control.receive(test["length"])
        watch = Watch(self.start(test), self.control.descriptor)
        end = watch.until_end(test["cpu_ms"], test["wall_ms"], feed=payload, last=True)
        self.finish(watch, reported(watch, end), clean=self.is_clean())

    def run_in_process(self, test: dict[str, Any]) -> None:
        """In the process that answered the tests before."""
        payload = self.control.receive(test["length"])
        if self.process is None:
            self.start_process()
        child = self.process
        assert child is not None
        watch = Watch(child, self.control.descriptor)
        before = child.cpu_ms()
        feed = b"%d\n" % len(payload) + payload
        end = watch.until_end(test["cpu_ms"], test["wall_ms"], framed=True, feed=feed)
        if end == "answered":
            header = {"end": end, "cpu_ms": round(child.cpu_ms() - before), "printed": watch.printed}
            if watch.was_last:
                self.process = None
                header["memory_kib"] = child.end()[1].ru_maxrss
                child.close()
            self.control.send(header, bytes(watch.console), watch.answer() or b"")
            return
        self.process = None
        self.control.send(reported(watch, end, before), bytes(watch.console), watch.answer() or b"")

    def start_process(self) -> None:
        """Start the command; when it says that it is ready, it may make no more threads than its language needs."""
        child = self.start({"cpu_ms": 600_000, "memory_mib": self.setup["memory_mib"]}, START_THREADS)
        watch = Watch(child, self.control.descriptor)
        # What it waits for while it starts is not the player's doing, and nobody listens before the greeting.
        if watch.until_end(START_SECONDS * 1000, START_SECONDS * 1000, framed=True, tells=False) != "answered":
            status, _ = child.end()
            said = bytes(watch.tail).decode(errors="replace")
            os.write(2, f"{self.setup['command'][0]} did not start (status {status}): {said}".encode())
            os._exit(72)
        processes = self.setup["threads"] and self.setup["threads"] + SPARE_THREADS
        if processes < START_THREADS and counts_by_namespace():
            resource.prlimit(child.pid, resource.RLIMIT_NPROC, (processes, processes))
        elif not processes:
            resource.prlimit(child.pid, resource.RLIMIT_NPROC, (0, 0))
        # The stacks of its threads have been made; now the first one's may grow.
        _, most = resource.prlimit(child.pid, resource.RLIMIT_STACK)
        resource.prlimit(child.pid, resource.RLIMIT_STACK, (most, most))
        self.process = child

    def start(self, test: dict[str, Any], threads: int = 0) -> Child:
        """Start the command under its bounds."""
        (request_out, request), (console, console_in), (result, result_in) = os.pipe(), os.pipe(), os.pipe()
        threads = threads or self.setup["threads"]
        pid = os.fork()
        if pid == 0:
            try:
                own(request_out, console_in, result_in, self.setup["result"])
                self.bind(test, threads, self.filter())
                os.execve(self.setup["command"][0], self.setup["command"], self.setup["environment"])
            except OSError as error:
                os.write(2, f"{self.setup['command'][0]} cannot be run: {error}\n".encode())
            finally:
                os._exit(71)
        for end in (request_out, console_in, result_in):
            os.close(end)
        return Child(pid, console, result, request)

    def bind(self, test: dict[str, Any], threads: int, filtered: bounds.Filter) -> None:
        """Put this process under the limits of a test and behind the filter, for good."""
        memory = test["memory_mib"] + self.setup["own_mib"]
        processes = threads + SPARE_THREADS if threads else 0
        if processes and not counts_by_namespace():
            processes += 4096
        bounds.limit_resources(
            cpu_seconds=test["cpu_ms"] // 1000 + 2,
            address_mib=memory if self.setup["limit"] == "address" else 0,
            data_mib=memory if self.setup["limit"] == "data" else 0,
            processes=processes,
        )
        filtered.load()

    def finish(self, watch: Watch, header: dict[str, Any], *, clean: bool) -> None:
        """Report on a child that has ended, and whether all here is as if it had never been."""
        self.control.send({**header, "clean": clean}, bytes(watch.console), bytes(watch.result[:MAX_RESULT]))

    def is_clean(self, heir: int = 0) -> bool:
        """Whether no process is left but ``heir``, who is well, and no descriptor more than at the start. All that a
        program could leave running would be a child of this process, the first of its namespace."""
        return remaining(heir) and lowest_free() == self.lowest


class Line:
    """Processes that fork one another, each a child of the one before, and each for one test.

    What programs return and print passes through the supervisor, and a fork of the supervisor could find what is left
    of it in its memory. These processes never see any of it: each forks its heir before it takes its test. So they can
    serve one submission after another. They share their pipes, which are emptied between tests.
    """

    def __init__(self, supervisor: Supervisor) -> None:
        self.console, console_in = os.pipe()
        self.result, result_in = os.pipe()
        self.heirs, heirs_in = os.pipe()
        go_out, self.go = os.pipe()
        for descriptor in (self.console, self.result):
            os.set_blocking(descriptor, False)
        self.heir = os.fork()
        if self.heir == 0:
            live(supervisor, go_out, console_in, result_in, heirs_in)
        for descriptor in (console_in, result_in, heirs_in, go_out):
            os.close(descriptor)

    def hand(self, test: dict[str, Any]) -> None:
        """Give the test to who waits for it, and learn who waits for the next one.

        Who does not answer was killed or stopped while it waited, by whatever it was: then this sandbox is lost, and
        the test, which nobody has seen, can be run in another.
        """
        poll = select.poll()
        poll.register(self.heirs, select.POLLIN)
        os.write(self.go, json.dumps(test).encode())
        told = os.read(self.heirs, 4) if poll.poll(HEIR_SECONDS * 1000) else b""
        if len(told) < 4:
            os._exit(73)
        self.heir = int.from_bytes(told, "big")

    def empty(self) -> None:
        """Forget what the last test has left in the pipes."""
        for descriptor in (self.console, self.result):
            try:
                while os.read(descriptor, 65536):
                    pass
            except BlockingIOError:
                pass


def live(supervisor: Supervisor, go: int, console: int, result: int, heirs: int) -> NoReturn:
    """Wait for a test; fork an heir who waits for the next one; then give up everything else, and run it."""
    try:
        while True:
            filtered = supervisor.filter()
            told = os.read(go, 4096)
            if not told:
                os._exit(0)
            heir = os.fork()
            if heir:
                break
        os.write(heirs, heir.to_bytes(4, "big"))
        test = json.loads(told)
        payload = supervisor.control.receive(test["length"])
        for descriptor in (console, result):  # one before may have made writing not wait, or into packets
            fcntl.fcntl(descriptor, fcntl.F_SETFL, 0)
        own(os.open("/dev/null", os.O_RDONLY), console, result, 3)
        supervisor.bind(test, 0, filtered)
        import python_child  # type: ignore[import-not-found]

        python_child.main(payload, 3)
    finally:
        os._exit(70)


def remaining(heir: int) -> bool:
    """Whether ``heir`` (0: nobody) is all the children that this process has, and none has ended or is stopped."""
    try:
        return os.waitid(os.P_ALL, 0, os.WEXITED | os.WSTOPPED | os.WNOHANG | os.WNOWAIT) is None and heir > 0
    except ChildProcessError:
        return heir == 0


def lowest_free() -> int:
    """The lowest descriptor that is not in use."""
    free = os.dup(0)
    os.close(free)
    return free


def own(request: int, console: int, result: int, result_at: int) -> None:
    """In a new process: give it these descriptors, and no others; standard error and what is left of 1 and 3 is the
    console."""
    os.setsid()
    # Beyond the standard streams first, so that no dup2 overwrites a pipe still to be moved.
    kept = [os.dup2(descriptor, 20 + index) for index, descriptor in enumerate((request, console, result))]
    os.dup2(kept[0], 0)
    os.dup2(kept[1], 1)
    os.dup2(kept[1], 2)
    os.dup2(kept[2], result_at)
    os.closerange(max(3, result_at + 1), 1024)
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    signal.signal(signal.SIGPIPE, signal.SIG_DFL)


def counts_by_namespace() -> bool:
    """Whether the limit on processes counts those of this sandbox alone, as it does since Linux 5.14, and not all of
    the user's on this machine."""
    major, minor = os.uname().release.split(".")[:2]
    return (int(major), int(minor.split("-")[0])) >= (5, 14)


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    setup = json.loads(sys.argv[1])
    control = Control(os.dup(0))
    seccompy.supported()  # finds the C library once, for all the forks
    filtered = bounds.box_filter(building=setup["mode"] == "build", shared_memory=setup["limit"] == "address")
    if setup["mode"] == "build":
        import builder  # type: ignore[import-not-found]

        filtered.load()
        builder.build(setup, control)
        return
    supervisor = Supervisor(setup, control)
    if setup["mode"] == "fork":
        import python_child

        python_child.warm_up()
    filtered.load()
    supervisor.serve()


if __name__ == "__main__":
    main()
