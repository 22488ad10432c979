"""Proof, at every start, that the sandbox holds what is put into it. Without it nothing is judged.

Each probe tries one way out. ``flask judge doctor`` shows all of them; a start shows those that succeeded.
"""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from application.judge.languages.python import Python
from application.judge.sandbox import Sandbox, SandboxFailed
from application.judge.sandbox.mend import mend
from application.judge.signature import Signature, Type, parse_signature
from application.judge.verdicts import Limits, RunResult, Verdict

_PROJECT = Path(__file__).resolve().parents[2]
_LIMITS = Limits(time_ms=300, memory_mib=128)

_PROBE = """
import os, socket, sys

def attempt(action, *args):
    try:
        action(*args)
    except BaseException:
        return False
    return True

def connect(port):
    socket.create_connection(("127.0.0.1", port), 0.2).close()

def probe(port, files, folders):
    return {
        "network": ["a listener on this machine"] if attempt(connect, port) else [],
        "files": [path for path in files if attempt(open, path) or attempt(os.listdir, path)],
        "writing": [path for path in folders if attempt(open, path + "/probe", "w")],
        "environment": list(os.environ),
        "user": ["root"] if os.getuid() == 0 else [],
        "processes": ["fork"] if attempt(os.fork) else [],
        "memory": ["512 MiB"] if attempt(bytearray, 512 * 1024 * 1024) else [],
        "system calls": [name for name, action in (
            ("socket", lambda: socket.socket()),
            ("memfd_create", lambda: os.memfd_create("x")),
            ("kill", lambda: os.kill(1, 0)),
            ("pidfd_open", lambda: os.pidfd_open(1)),
            ("execve", lambda: os.execve(sys.executable, ["x", "-c", "pass"], {})),
        ) if attempt(action)],
    }
"""
_SIGNATURE = parse_signature(
    "probe", [("port", "int"), ("files", "list<string>"), ("folders", "list<string>")], "map<string,list<string>>"
)
_LOOP = "def probe():\n    while True:\n        pass\n"

_MEANINGS = {
    "network": "the network of this machine can be reached",
    "files": "files of this machine can be read",
    "writing": "something can be written to",
    "environment": "environment variables can be read",
    "user": "programs run as root",
    "processes": "programs can start processes",
    "memory": "the memory limit does not hold",
    "system calls": "the filter of system calls (seccomp) does not hold",
}


@dataclass(frozen=True)
class Probe:
    """One way out that was tried. ``escaped`` says what came of it, or is empty when nothing did."""

    name: str
    escaped: str


@dataclass(frozen=True)
class SelfTest:
    """``ok``: submissions may be judged. ``how`` is one line for people: how programs are contained. ``problems`` says
    what is missing and how to mend it; not empty exactly when ``ok`` is False."""

    ok: bool
    how: str
    problems: tuple[str, ...] = ()
    probes: tuple[Probe, ...] = ()


def self_test(sandbox: Sandbox, python: Python) -> SelfTest:
    """Try to break out in every way that a limit or a wall should stop."""
    try:
        probes = tuple(_probes(sandbox, python))
        problems = [probe.escaped for probe in probes if probe.escaped]
    except SandboxFailed as error:
        probes, problems = (), [mend(str(error))]
    return SelfTest(not problems, how(sandbox), tuple(problems), probes)


def how(sandbox: Sandbox) -> str:
    """How sandboxes are made here, such as ``bubblewrap 0.11.0 (wheel), user namespaces, seccomp, uid 61001``."""
    version = ".".join(map(str, sandbox.bubblewrap.version))
    uid = os.geteuid() if sandbox.runtime.run_as is None else sandbox.runtime.run_as
    return f"bubblewrap {version} ({sandbox.bubblewrap.origin}), user namespaces, seccomp, uid {uid}"


def _probes(sandbox: Sandbox, python: Python) -> Iterator[Probe]:
    with contextlib.closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        files = [
            "/etc/passwd",
            "/proc",
            "/sys",
            "/home",
            "/root",
            "/usr/bin/env",
            str(_PROJECT),
            str(sandbox.runtime.folder),
        ]
        folders = ["/", "/tmp", "/dev", "/dev/shm", "/python", "/judge", "/work", "."]
        args: list[Any] = [listener.getsockname()[1], files, folders]
        result = _run(sandbox, python, _PROBE, _SIGNATURE, args, Limits(2000, _LIMITS.memory_mib))
        if result.verdict is not Verdict.ACCEPTED or not isinstance(result.value, dict):
            yield Probe(
                "start", f"the probe did not finish: {result.verdict} {result.message} {result.console}".strip()
            )
            return
        yield Probe("start", "")
        heard = ""
        with contextlib.suppress(BlockingIOError):
            listener.accept()
            heard = "a program in the sandbox reached a listener on this machine"
        for name, meaning in _MEANINGS.items():
            found = result.value.get(name)
            escaped = (
                f"{meaning}: {', '.join(map(str, found))}" if found else "" if found == [] else "the probe was lost"
            )
            yield Probe(name, escaped or (heard if name == "network" else ""))
    loop = _run(sandbox, python, _LOOP, Signature("probe", (), Type("int")), [], _LIMITS)
    held = loop.verdict is Verdict.TIME_LIMIT
    yield Probe("time", "" if held else "the time limit does not hold")
    with sandbox.opened(python.program(_LOOP, _SIGNATURE, _LIMITS).run) as box:
        inside = list(_descendants(box.process.pid))
        as_root = any(uid == 0 for pid in inside for uid in _uids(pid))
        shared = sorted(_shared_namespaces(inside[-1]))
    yield Probe("host user", "the sandbox runs as root of this machine" if as_root else "")
    yield Probe("namespaces", f"the sandbox shares namespaces of this machine: {', '.join(shared)}" if shared else "")


def _run(
    sandbox: Sandbox, python: Python, code: str, signature: Signature, args: list[Any], limits: Limits
) -> RunResult:
    return sandbox.run(python.program(code, signature, limits), [args], limits)[0]


def _descendants(pid: int) -> Iterator[int]:
    """A process and all that it started, the last started last."""
    yield pid
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from _descendants(int(child))


def _uids(pid: int) -> list[int]:
    """The users that a process is, as this machine knows them."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        status = Path(f"/proc/{pid}/status").read_text()
        return [int(uid) for uid in next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]]
    return []


def _shared_namespaces(pid: int) -> set[str]:
    """The namespaces that a process has in common with this one, so far as the kernel lets us see them."""
    shared = set()
    for name in ("cgroup", "ipc", "mnt", "net", "pid", "user", "uts"):
        with contextlib.suppress(OSError):
            if Path(f"/proc/{pid}/ns/{name}").readlink() == Path(f"/proc/self/ns/{name}").readlink():
                shared.add(name)
    return shared
