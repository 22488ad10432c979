"""Proof, at every start, that the sandbox holds what is put into it. Without it nothing is judged."""

from __future__ import annotations

import contextlib
import os
import socket
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from application.judge.languages import Language
from application.judge.sandbox import Sandbox, SandboxFailed
from application.judge.verdicts import Limits, Verdict

_PROJECT = Path(__file__).resolve().parents[2]
_LIMITS = Limits(time_ms=300, memory_mib=128)

_PROBE = """
import os, socket

def attempt(action, *args):
    try:
        action(*args)
    except BaseException:
        return False
    return True

def connect(port):
    socket.create_connection(("127.0.0.1", port), 0.2).close()

def probe(port, files, folders):
    found = []
    if attempt(connect, port):
        found.append("the network of this machine can be reached")
    found += [path + " can be read" for path in files if attempt(open, path) or attempt(os.listdir, path)]
    found += [path + " can be written to" for path in folders if attempt(open, path + "/probe", "w")]
    if len(os.environ):
        found.append("environment variables can be read")
    if os.getuid() == 0:
        found.append("programs run as root")
    if attempt(os.fork):
        found.append("programs can start processes")
    if attempt(bytearray, 512 * 1024 * 1024):
        found.append("the memory limit does not hold")
    return found
"""

_LOOP = "def probe():\n    while True:\n        pass\n"


@dataclass(frozen=True)
class SelfTest:
    """``ok``: submissions may be judged. ``how`` is one line for people: how the sandbox is made. ``problems`` says
    what is missing and how to mend it; not empty exactly when ``ok`` is False."""

    ok: bool
    how: str
    problems: tuple[str, ...] = ()


def self_test(sandbox: Sandbox, languages: Mapping[str, Language]) -> SelfTest:
    """Try to break out in every way that a limit or a wall should stop, and run one program in every language."""
    try:
        problems = [*_containment(sandbox, languages["python"]), *_languages(sandbox, languages)]
    except SandboxFailed as error:
        problems = [mend(str(error))]
    return SelfTest(not problems, how(sandbox), tuple(problems))


def how(sandbox: Sandbox) -> str:
    """How sandboxes are made here, such as ``bubblewrap 0.11.0 (wheel), user namespaces, uid 61001``."""
    version = ".".join(map(str, sandbox.bubblewrap.version))
    uid = os.geteuid() if sandbox.runtime.run_as is None else sandbox.runtime.run_as
    return f"bubblewrap {version} ({sandbox.bubblewrap.origin}), user namespaces, uid {uid}"


def _containment(sandbox: Sandbox, python: Language) -> Iterator[str]:
    with contextlib.closing(socket.socket()) as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        listener.setblocking(False)
        files = [
            "/etc/passwd",
            "/proc/self/status",
            "/proc",
            "/home",
            "/root",
            str(_PROJECT),
            str(sandbox.runtime.folder),
        ]
        folders = ["/", "/tmp", "/dev", "/dev/shm", "/python", "/judge", "/language"]
        args: list[Any] = [listener.getsockname()[1], files, folders]
        result = sandbox.run(python, _PROBE, "probe", [args], Limits(2000, _LIMITS.memory_mib))[0]
        if result.verdict is not Verdict.ACCEPTED or not isinstance(result.value, list):
            yield f"the probe did not finish: {result.verdict} {result.message}"
            return
        yield from map(str, result.value)
        with contextlib.suppress(BlockingIOError):
            listener.accept()
            yield "a program in the sandbox reached a listener on this machine"
    if sandbox.run(python, _LOOP, "probe", [[]], _LIMITS)[0].verdict is not Verdict.TIME_LIMIT:
        yield "the time limit does not hold"
    with sandbox.open(python, _LIMITS) as box:
        if any(uid == 0 for uid in _uids(box.process.pid)):
            yield "the sandbox runs as root of this machine"


def _uids(pid: int) -> Iterator[int]:
    """The users, as this machine knows them, of a process and of all that it started."""
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        status = Path(f"/proc/{pid}/status").read_text()
        yield from map(int, next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:])
        for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
            yield from _uids(int(child))


def _languages(sandbox: Sandbox, languages: Mapping[str, Language]) -> Iterator[str]:
    programs = {
        "python": "def probe(x):\n    return [x, 'ß']\n",
        "javascript": "function probe(x) {\n  return [x, 'ß'];\n}\n",
    }
    for language in languages.values():
        # A generous limit: the first start reads a cold disk.
        result = sandbox.run(language, programs[language.id], "probe", [[7]], Limits(5000))[0]
        if result.verdict is not Verdict.ACCEPTED or result.value != [7, "ß"]:
            yield f"{language.name} does not run in the sandbox: {result.verdict} {result.message}"


def mend(complaint: str) -> str:
    """A complaint of bubblewrap with what usually helps against it on this machine."""
    return f"{complaint}. {_remedy(complaint)}".strip()


def _remedy(complaint: str) -> str:
    if _setting("kernel/unprivileged_userns_clone") == "0":
        return "User namespaces are switched off; switch them on with: sysctl -w kernel.unprivileged_userns_clone=1"
    if _setting("user/max_user_namespaces") == "0":
        return "User namespaces are switched off; switch them on with: sysctl -w user.max_user_namespaces=15000"
    if not any(sign in complaint for sign in ("namespace", "uid map", "ermission", "ermitted")):
        return ""
    if _setting("kernel/apparmor_restrict_unprivileged_userns") == "1":
        return (
            "AppArmor restricts user namespaces to programs with a profile; docs/operations.md has one for the "
            "distribution's bubblewrap. Or: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
        )
    if Path("/.dockerenv").exists() or Path("/run/.containerenv").exists():
        return (
            "This is a container whose seccomp profile forbids user namespaces; start it with "
            "--security-opt seccomp=unconfined --security-opt systempaths=unconfined"
        )
    return "The kernel refused a user namespace; see the operations guide."


def _setting(name: str) -> str:
    try:
        return (Path("/proc/sys") / name).read_text().strip()
    except OSError:
        return ""
