"""Hostile programs on real sandboxes: each gets its verdict, reaches nothing, and leaves nothing behind.

Runs as root and as an ordinary user alike. What the programs say of themselves is told in ``tests/hostile.py``.
"""

from __future__ import annotations

import contextlib
import itertools
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from application.judge.executor import DirectExecutor
from application.judge.grader import Grader
from application.judge.languages import known
from application.judge.languages.javascript import JavaScript, find_node
from application.judge.languages.program import Run
from application.judge.languages.python import Python
from application.judge.machine import Judge
from application.judge.sandbox import Box, Bubblewrap, Runtime, Sandbox, SandboxFailed, products
from application.judge.sandbox.programs import ThisMachine
from application.judge.self_test import self_test
from application.judge.verdicts import Limits, Verdict
from application.judge.verdicts import Test as Case
from tests.conftest import PATIENCE_SECONDS
from tests.hostile import (
    CASES,
    CLEAN,
    LIMITS,
    OUTSIDE,
    SIGNATURE,
    TESTS,
    TWINS,
    chosen,
    expectation,
    first_line,
    judge_it,
    language_of,
    outside,
)


@pytest.fixture(scope="module")
def sandbox(judge: Judge) -> Sandbox:
    assert isinstance(judge.runner, Sandbox)
    return judge.runner


@pytest.fixture(scope="module")
def grader(judge: Judge) -> Grader:
    """Judges every language that is installed here, and ``OUTSIDE``."""
    assert judge.runner
    return Grader(DirectExecutor(judge.runner, {**judge.installed, OUTSIDE: outside(judge.installed["javascript"])}))


def wait_until(holds: Callable[[], object]) -> None:
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def inhabitants(sandbox: Sandbox) -> list[str]:
    """What still runs of any sandbox of ours: bubblewrap, and all that has the sandbox's mounts for its own. Servers of
    other tests keep sandboxes of the same image, which are theirs."""
    image, here = str(sandbox.image[0].source), Path("/proc/self/ns/mnt").readlink()
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                # Telling mounts takes the kernel long, and hundreds have ours.
                elsewhere = (entry / "ns" / "mnt").readlink() != here
                mounts = (entry / "mountinfo").read_text() if elsewhere else ""
                ours = image in mounts or image in (entry / "cmdline").read_text()
                if ours and not belongs_to_a_server(int(entry.name)):
                    found.append(f"{entry.name} {(entry / 'cmdline').read_text()[:80]}")
    return found


def belongs_to_a_server(pid: int) -> bool:
    while pid > 1:
        if "run.py" in Path(f"/proc/{pid}/cmdline").read_text():
            return True
        pid = int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return False


def files(sandbox: Sandbox) -> set[Path]:
    folders = (*(mount.source for mount in sandbox.image), Path("/tmp"), Path("/dev/shm"))
    return {path for folder in folders for path in folder.glob("*")}


@pytest.fixture(scope="module")
def at_rest(sandbox: Sandbox, grader: Grader) -> dict[str, int]:
    """How many processes a warm sandbox of each mode has while nobody uses it."""
    sandbox.pool.close()
    wait_until(lambda: not inhabitants(sandbox))
    counts = {}
    runs = [grader.languages[language].program("", SIGNATURE, LIMITS).run for language in ("python", "javascript")]
    for run in (*runs, Run("each", ("/started/with/a/test",))):
        with sandbox.opened(run):
            counts[run.mode] = len(inhabitants(sandbox))
        wait_until(lambda: not inhabitants(sandbox))
    return counts


KINDS = {
    "signals": "to the supervisor, to who waits for the next test, and to whoever else is near",
    "values": "that JSON carries and PostgreSQL does not",
    "names": "of what calls the program, taken or overwritten",
    "output": "that goes through what the program has put in the place of the language's own",
    "end": "hooks, handlers and finalisers that run when the program is over",
    "handlers": "of signals and errors that let nothing end the program",
    "stack": "walked up to what called the program",
    "start": "which ends or fails before there is a function to call",
    "static": "initialisers without end",
}

WITHOUT = {("signals", "typescript"), ("handlers", "typescript"), ("signals", "lua")}
"""Lua knows no signals. TypeScript is JavaScript, whose contexts have none either: what ``breaks_out`` tries them."""


def test_each_kind_of_attack_is_tried_in_every_language() -> None:
    languages = {language.suffix: language.id for language in known() if language.id in CLEAN}
    tried = {(kind, languages[path.suffix]) for path in CASES for kind in first_line(path).get("kind", [])}
    assert {kind for kind, _ in tried} == set(KINDS)
    assert set(itertools.product(KINDS, languages.values())) - tried == WITHOUT


def test_every_hostile_program_says_what_is_expected() -> None:
    assert len(CASES) >= 60
    suffixes = {path.suffix for path in CASES}
    assert suffixes >= {".py", ".js", ".ts", ".c", ".cpp", ".rs", ".java", ".go"}
    assert suffixes == {language.suffix for language in known() if language.id in CLEAN}
    for path in CASES:
        assert set(expectation(path)[0]) <= set(Verdict), path


@pytest.fixture
def impatient(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Compiling has enough with part of its CPU time where it may well fail; some programs use up whatever it has. A
    compiler that works may need more of it on a busy machine."""
    if "compile_error" in expectation(path)[0]:
        monkeypatch.setattr(products, "BUILD_CPU_SECONDS", 6 if path.suffix in TWINS else 12)


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("path", chosen(), ids=lambda path: path.name)
def test_a_hostile_program_gets_its_verdict_and_does_no_harm(
    path: Path, judge: Judge, grader: Grader, sandbox: Sandbox, at_rest: dict[str, int]
) -> None:
    """Whoever is judged in the same pool is judged as ever: after each of them, in what it has left, and at the same
    time as each of those that are tried in every language."""
    language = language_of(path, judge)
    expected, within = expectation(path)
    code, limits = path.read_text(), Limits(within, LIMITS.memory_mib)
    victim = "javascript" if language == OUTSIDE else language
    with listening() as (_, heard), ThreadPoolExecutor() as pool:
        beside = None
        if "kind" in first_line(path):
            build = grader.languages[language].program(code, SIGNATURE, limits).build
            if build and "compile_error" not in expected:
                with sandbox.products.used(build):  # so that the two run at the same time
                    pass
            beside = pool.submit(judge_it, grader, CLEAN[victim], victim)
        judgement = judge_it(grader, code, language, limits)
        assert not heard()
        assert not beside or beside.result().verdict is Verdict.ACCEPTED
    assert judgement.verdict in expected, judgement
    assert judge_it(grader, CLEAN[victim], victim).verdict is Verdict.ACCEPTED
    # Of the sandboxes that are kept warm, each has the processes of one that was never used.
    wait_until(
        lambda: (
            len(inhabitants(sandbox))
            == sum(len(boxes) * at_rest[run.mode] for (run, _), boxes in sandbox.pool._waiting.items())
        )
    )


@pytest.mark.parametrize("signal_number", [signal.SIGKILL, signal.SIGSTOP])
def test_a_program_that_looks_well_harms_nobody_after_it(
    grader: Grader, sandbox: Sandbox, signal_number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It answers rightly, so that its sandbox is used again, after it has tried to reach whoever comes next, in one
    sandbox after the other."""
    monkeypatch.setattr(sandbox.pool, "_ready", 2)
    sandbox.warm(grader.languages["python"].program("", SIGNATURE, LIMITS).run, LIMITS.memory_mib)
    attack = (
        "import os, sys\nsys.path.insert(0, '/judge/filter')\nimport ctypes\n"
        f"def solve(n):\n    for near in range(1, 9):\n        pid = os.getpid() + near\n"
        f"        ctypes.CDLL(None).syscall(234, pid, pid, {int(signal_number)})\n    return n + 1\n"
    )
    for _ in range(2):
        judge_it(grader, attack, "python", tests=TESTS[:1])
    assert judge_it(grader, CLEAN["python"], "python").verdict is Verdict.ACCEPTED


def test_a_sandbox_that_was_lost_while_it_waited_is_nobodys_fault(sandbox: Sandbox, grader: Grader) -> None:
    for how in (signal.SIGKILL, signal.SIGSTOP):
        assert judge_it(grader, CLEAN["python"], "python").verdict is Verdict.ACCEPTED
        for pid in waiting_for_tests(sandbox):
            os.kill(pid, how)
        assert judge_it(grader, CLEAN["python"], "python").verdict is Verdict.ACCEPTED


def waiting_for_tests(sandbox: Sandbox) -> list[int]:
    """The processes of warm sandboxes that are children of a supervisor."""
    image, found = str(sandbox.image[0].source), []
    for entry in Path("/proc").iterdir():
        with contextlib.suppress(OSError):
            if entry.name.isdecimal() and image in (entry / "mountinfo").read_text():
                inner = next(line for line in (entry / "status").read_text().splitlines() if line.startswith("NSpid"))
                if inner.split()[-1] != "1" and not belongs_to_a_server(int(entry.name)):
                    found.append(int(entry.name))
    return found


def test_programs_leave_no_file(grader: Grader, sandbox: Sandbox) -> None:
    before = files(sandbox)
    for name in ("writes_to_disk.py", "links_out.py", "breaks_out_and_reads.js"):
        path = next(case for case in CASES if case.name == name)
        judge_it(grader, path.read_text(), OUTSIDE if path.suffix == ".js" else "python")
    assert not [path for path in files(sandbox) - before if "hoard" in path.name or "way" in path.name]


@contextlib.contextmanager
def listening() -> Iterator[tuple[int, Callable[[], bool]]]:
    """A TCP and a UDP port of the same number and an abstract Unix socket named after it, and whether any heard."""
    with contextlib.ExitStack() as stack:
        tcp = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        port = tcp.getsockname()[1]
        udp = stack.enter_context(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        udp.bind(("127.0.0.1", port))
        unix = stack.enter_context(socket.socket(socket.AF_UNIX))
        unix.bind(f"\0codemaze-{port}")
        unix.listen()
        for each in (tcp, udp, unix):
            each.setblocking(False)

        def heard() -> bool:
            for hear in (tcp.accept, unix.accept, lambda: udp.recv(1)):
                with contextlib.suppress(BlockingIOError):
                    hear()
                    return True
            return False

        yield port, heard


PYTHON_NETWORK = """
import socket

def solve(n):
    for family, kind, address in (
        (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", n)),
        (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", n)),
        (socket.AF_INET, socket.SOCK_STREAM, ("192.0.2.1", 53)),
        (socket.AF_UNIX, socket.SOCK_STREAM, f"\\0codemaze-{n}"),
    ):
        try:
            with socket.socket(family, kind) as attempt:
                attempt.settimeout(0.2)
                attempt.connect(address)
                attempt.send(b"x")
        except OSError:
            continue
        if kind == socket.SOCK_STREAM:
            return -1
    return n + 1
"""
JAVASCRIPT_NETWORK = """
async function solve(n) {
  const reached = (options) => new Promise((done) => {
    const attempt = require("net").connect(options);
    attempt.on("connect", () => done(true));
    attempt.on("error", () => done(false));
  });
  if (await reached({ port: n, host: "127.0.0.1" })) return -1;
  if (await reached({ path: "\\0codemaze-" + n })) return -2;
  return n + 1;
}
"""


@pytest.mark.parametrize(("language", "code"), [("python", PYTHON_NETWORK), (OUTSIDE, JAVASCRIPT_NETWORK)])
def test_nobody_hears_a_program(language: str, code: str, grader: Grader) -> None:
    with listening() as (port, heard):
        judgement = judge_it(grader, code, language, tests=(Case([port], port + 1, False),))
        assert not heard()
    assert judgement.verdict is Verdict.ACCEPTED, judgement


SEARCH = """
import gc, sys

def solve(n):
    if n != 1:
        return n * 2 - 202020
    frame, seen = sys._getframe().f_back, []
    while frame:
        seen.append(frame.f_locals)
        frame = frame.f_back
    seen += [thing for thing in gc.get_objects() if isinstance(thing, (dict, list, tuple))]
    texts = [repr(thing)[:5000] for thing in seen]
    if any("".join(["31"] * 3) in text or "".join(["42"] * 3) in text for text in texts):
        return -1
    return n + 1 if any("python_child" in text for text in texts) else -2
"""


def test_neither_answers_nor_other_tests_are_in_the_memory_of_a_program(grader: Grader) -> None:
    tests = (Case([1], 2, False), Case([313131], 424242, True))
    judgement = judge_it(grader, SEARCH, "python", tests=tests)
    assert judgement.verdict is Verdict.ACCEPTED, judgement


KEEPS = (
    "function solve(n) {\n  const kept = (require('fs').kept ??= []);\n"
    "  console.log(JSON.stringify(kept));\n  kept.push(n);\n  return n + 1;\n}\n"
)


def test_what_is_seen_of_a_hidden_test_cannot_be_printed_in_a_visible_one(grader: Grader) -> None:
    tests = (Case([4711], 4712, True), Case([1], 2, False), Case([4713], 4714, True), Case([2], 3, False))
    judgement = judge_it(grader, KEEPS, OUTSIDE, tests=tests)
    assert judgement.verdict is Verdict.ACCEPTED
    assert [result.number for result in judgement.results] == [1, 2, 3, 4]
    assert "471" not in repr(judgement.results)


@pytest.mark.parametrize("language", ["python", "javascript"])
def test_killing_the_server_ends_its_sandboxes(language: str, sandbox: Sandbox) -> None:
    loops = {"python": "while True: pass", "javascript": "for (;;);"}
    program = (
        "import sys\nfrom pathlib import Path\n"
        "from application.judge.sandbox import Sandbox\nfrom application.judge.languages import find_all\n"
        "from application.judge.sandbox.programs import ThisMachine\n"
        "from application.judge.signature import parse_signature\n"
        "from application.judge.verdicts import Limits\n"
        "sandbox = Sandbox.at(Path(sys.argv[1]))\n"
        "language = find_all(ThisMachine(sandbox.runtime))[0][sys.argv[2]]\n"
        "limits, signature = Limits(10000, 128), parse_signature('solve', [('n', 'int')], 'int')\n"
        "sandbox.run(language.program(sys.argv[3], signature, limits), [[1]], limits)\n"
    )
    folder = str(sandbox.runtime.folder)
    sandbox.pool.close()
    wait_until(lambda: not inhabitants(sandbox))
    with subprocess.Popen([sys.executable, "-c", program, folder, language, loops[language]]) as server:
        try:
            # bubblewrap itself, the supervisor, and the program or what is to run it.
            wait_until(lambda: len(inhabitants(sandbox)) >= 3)
        finally:
            server.send_signal(signal.SIGKILL)
    wait_until(lambda: not inhabitants(sandbox))


def javascript_run(grader: Grader) -> Run:
    return grader.languages["javascript"].program("", SIGNATURE, LIMITS).run


def test_a_sandbox_closed_in_the_middle_is_gone(grader: Grader, sandbox: Sandbox) -> None:
    sandbox.pool.close()
    with sandbox.opened(javascript_run(grader)):
        assert inhabitants(sandbox)
    wait_until(lambda: not inhabitants(sandbox))


def test_no_process_of_a_sandbox_is_root_of_the_host(grader: Grader, sandbox: Sandbox) -> None:
    sandbox.pool.close()
    with sandbox.opened(javascript_run(grader)):
        pids = [line.split()[0] for line in inhabitants(sandbox)]
        assert len(pids) >= 3
        for pid in pids:
            status = Path(f"/proc/{pid}/status").read_text()
            uids = next(line for line in status.splitlines() if line.startswith("Uid:")).split()[1:]
            assert set(uids) == {"61001" if os.geteuid() == 0 else str(os.geteuid())}
            assert "CapEff:\t0000000000000000" in status or "bwrap" in Path(f"/proc/{pid}/cmdline").read_text()


def test_the_bubblewrap_of_the_wheel_and_the_node_of_the_wheel(sandbox: Sandbox) -> None:
    other = Sandbox.at(sandbox.runtime.folder, prefer="wheel")
    assert other.bubblewrap.origin == "wheel"
    node = JavaScript(*find_node(ThisMachine(other.runtime), wheel_first=True))
    found = self_test(other, Python("3"))
    assert found.ok, found.problems
    grader = Grader(DirectExecutor(other, {OUTSIDE: outside(node), "javascript": node}))
    for name in ("breaks_out_and_reads.js", "breaks_out_and_starts.js", "breaks_out_and_kills.js"):
        path = next(case for case in CASES if case.name == name)
        assert judge_it(grader, path.read_text(), OUTSIDE).verdict is Verdict.ACCEPTED
    inside = next(case for case in CASES if case.name == "finds_no_other_realm.js").read_text()
    assert judge_it(grader, inside, "javascript", Limits(10_000, 128)).verdict is Verdict.ACCEPTED
    other.pool.close()


@pytest.mark.parametrize(
    ("hole", "complaint"),
    [
        (["--share-net"], "namespaces of this machine: net"),
        (["--tmpfs", "/tmp"], "something can be written to: /tmp"),
        (["--uid", "0"], "programs run as root"),
        (["--ro-bind", "/etc/passwd", "/etc/passwd"], "files of this machine can be read: /etc/passwd"),
    ],
)
def test_the_self_test_notices_a_hole(
    hole: list[str], complaint: str, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Bubblewrap.command

    def with_hole(*args: Any, **options: Any) -> list[str]:
        command = whole(*args, **options)
        end = command.index("--remount-ro")
        return [*command[:end], *hole, *command[end:]]

    monkeypatch.setattr(Bubblewrap, "command", with_hole)
    sandbox.pool.close()
    found = self_test(sandbox, Python("3"))
    sandbox.pool.close()
    assert not found.ok
    assert any(complaint in problem for problem in found.problems), found.problems


def test_a_folder_that_the_sandbox_cannot_reach_is_replaced(tmp_path: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("an ordinary user's sandbox reaches what he reaches")
    private = tmp_path / "private"
    private.mkdir(mode=0o700)
    runtime = Runtime.at(private / "sandbox")
    assert runtime.reachable(runtime.folder)
    assert private not in runtime.folder.parents


def test_a_program_that_does_not_start_is_not_the_players_fault(tmp_path: Path) -> None:
    with pytest.raises(SandboxFailed, match="did not start"):
        Box([str(tmp_path / "nothing")], {}, None)
    with Box(["/bin/false"], {}, None) as box, pytest.raises(SandboxFailed, match="did not start"):
        box.greet()
