"""Warm sandboxes: lent, kept, thrown away and replaced; and compiled programs that are kept."""

from __future__ import annotations

import contextlib
import os
import signal
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from application.judge.languages.program import Build, Program, Run
from application.judge.machine import Judge
from application.judge.sandbox import Box, Sandbox, SandboxFailed
from application.judge.sandbox import products as products_module
from application.judge.sandbox.box import SandboxLost
from application.judge.sandbox.pool import MAX_KINDS, kind_of
from application.judge.sandbox.products import NotBuilt
from application.judge.signature import parse_signature
from application.judge.verdicts import Limits, RunResult, Verdict

SIGNATURE = parse_signature("solve", [("n", "int")], "int")
LIMITS = Limits(time_ms=300, memory_mib=128)
RIGHT = "def solve(n):\n    return n + 1\n"


@pytest.fixture
def sandbox(judge: Judge) -> Iterator[Sandbox]:
    assert isinstance(judge.runner, Sandbox)
    judge.runner.pool.close()
    yield judge.runner
    judge.runner.pool.close()


def python(judge: Judge, code: str) -> Program:
    return judge.installed["python"].program(code, SIGNATURE, LIMITS)


def waiting(sandbox: Sandbox, run: Run) -> list[int]:
    return [box.process.pid for box in sandbox.pool._waiting.get(kind_of(run, LIMITS.memory_mib), [])]


def perl(judge: Judge, code: str) -> Program:
    if "perl" not in judge.installed:
        pytest.skip("there is no Perl here")
    return judge.installed["perl"].program(code, SIGNATURE, LIMITS)


PERL_RIGHT = "sub solve { return $_[0] + 1 }\n"


def test_a_sandbox_that_behaved_is_used_again(judge: Judge, sandbox: Sandbox) -> None:
    program = perl(judge, PERL_RIGHT)
    sandbox.run(program, [[1]], LIMITS)
    before = waiting(sandbox, program.run)
    assert len(before) == 1
    assert [run.value for run in sandbox.run(program, [[1], [2]], LIMITS)] == [2, 3]
    assert waiting(sandbox, program.run) == before


SEARCHES_ITS_MEMORY = """
import sys
sys.path.insert(0, "/judge/filter")
import ctypes, os

def pages():
    c = ctypes.CDLL(None)
    c.sbrk.restype = ctypes.c_void_p
    r, w = os.pipe()
    for middle in (id(object()), c.sbrk(0)):
        middle &= ~4095
        for start in range(middle - (8 << 20), middle + (8 << 20), 4096):
            if c.write(w, ctypes.c_void_p(start), 4096) == 4096:
                yield os.read(r, 4096)

def solve(n):
    wanted = bytes(c ^ 1 for c in MARK)
    return sum(page.count(wanted) > 1 for page in pages())  # it has one itself
"""


def test_what_one_submission_returned_is_not_in_the_memory_of_the_next(judge: Judge, sandbox: Sandbox) -> None:
    mark = b"a secret of another player " + os.urandom(8).hex().encode()
    limits = Limits(time_ms=5000, memory_mib=256)
    signature = parse_signature("solve", [("n", "int")], "string")
    returns = f"def solve(n):\n    print({mark.decode()!r} * 50)\n    return {mark.decode()!r} * 50\n"
    first = judge.installed["python"].program(returns, signature, limits)
    assert sandbox.run(first, [[1], [2], [3]], limits)[0].verdict is Verdict.ACCEPTED
    before = waiting(sandbox, first.run)
    searches = SEARCHES_ITS_MEMORY.replace("MARK", repr(bytes(c ^ 1 for c in mark)))
    program = judge.installed["python"].program(searches, SIGNATURE, limits)
    assert [run.value for run in sandbox.run(program, [[1], [2]], limits)] == [0, 0]
    assert waiting(sandbox, first.run) == before
    # The search finds what is there: what it looks for is put into the memory of the program itself.
    knows = searches + f"\nKEPT = [{mark!r} * 2]\n"
    (seen,) = sandbox.run(judge.installed["python"].program(knows, SIGNATURE, limits), [[1]], limits)
    assert isinstance(seen.value, int) and seen.value > 0, seen


def test_pipes_that_one_test_leaves_full_or_impatient_are_well_for_the_next(judge: Judge, sandbox: Sandbox) -> None:
    spoils = (
        "import fcntl, os\ndef solve(n):\n    for fd in (1, 3):\n"
        "        fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_NONBLOCK)\n"
        "    os.write(3, b'{\"value\": 7}')\n    os.write(1, b'left')\n    os._exit(0)\n"
    )
    long = "def solve(n):\n    print('x' * 500000)\n    return n + 1\n"
    assert sandbox.run(python(judge, spoils), [[1]], LIMITS)[0].value == 7
    (run,) = sandbox.run(python(judge, long), [[1]], LIMITS)
    assert (run.value, run.console[:4]) == (2, "xxxx"), run


@pytest.mark.parametrize(
    "code",
    [
        "sub solve { while (1) {} }\n",
        "use POSIX;\nsub solve { POSIX::abort() }\n",
        "sub solve { print 'x' x 10000 while 1 }\n",
    ],
)
def test_one_that_misbehaved_is_replaced(code: str, judge: Judge, sandbox: Sandbox) -> None:
    program = perl(judge, PERL_RIGHT)
    sandbox.run(program, [[1]], LIMITS)
    before = waiting(sandbox, program.run)
    sandbox.run(perl(judge, code), [[1]], LIMITS)
    after = waiting(sandbox, program.run)
    assert len(after) == 1
    assert after != before
    assert sandbox.run(program, [[1]], LIMITS)[0].value == 2


def test_one_that_died_while_it_waited_is_replaced(judge: Judge, sandbox: Sandbox) -> None:
    program = python(judge, RIGHT)
    sandbox.run(program, [[1]], LIMITS)
    (pid,) = waiting(sandbox, program.run)
    os.kill(pid, signal.SIGKILL)
    assert sandbox.run(program, [[1]], LIMITS)[0].value == 2


def test_a_process_that_answered_a_whole_submission_is_not_used_again(judge: Judge, sandbox: Sandbox) -> None:
    remembers = "let calls = 0;\nfunction solve(n) {\n  return ++calls;\n}\n"
    program = judge.installed["javascript"].program(remembers, SIGNATURE, LIMITS)
    seen = set()
    for _ in range(3):
        assert [run.value for run in sandbox.run(program, [[1], [2]], LIMITS)] == [1, 1]
        seen.update(waiting(sandbox, program.run))
    assert len(seen) == 3


def test_only_the_kinds_used_last_are_kept_warm(judge: Judge, sandbox: Sandbox) -> None:
    language = judge.installed["javascript"]
    for mib in range(100, 100 + MAX_KINDS + 2):
        sandbox.warm(language.program("", SIGNATURE, Limits(300, mib)).run, mib)
    assert len(sandbox.pool._waiting) == MAX_KINDS


@pytest.mark.parametrize(("busy", "times"), [(True, 2), (False, 1)])
def test_a_test_that_the_clock_ended_is_tried_once_more_when_the_machine_was_busy(
    busy: bool, times: int, judge: Judge, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from application.judge import sandbox as module

    asked = []
    monkeypatch.setattr(module.Load, "saturated", busy)
    whole = module._Calls.ask
    monkeypatch.setattr(module._Calls, "ask", lambda *args: asked.append(1) or whole(*args))  # type: ignore[func-returns-value]
    slow = "import time\ndef solve(n):\n    time.sleep(60)\n"
    assert sandbox.run(python(judge, slow), [[1]], LIMITS)[0].exit_reason == "clock limit"
    assert len(asked) == times


def products_of(sandbox: Sandbox, build: Build) -> Path:
    with sandbox.products.used(build) as folder:
        return folder


def test_a_process_that_waits_while_it_starts_is_waited_for(sandbox: Sandbox) -> None:
    script = "import os, time\ntime.sleep(0.5)\nos.write(3, b'0\\n')\nos.read(0, 1)\n"
    run = Run("serve", ("/python/bin/python3", "-S", "-c", script), (("LD_LIBRARY_PATH", "/python/libraries"),))
    with sandbox.opened(run) as box:
        assert box.alive


@pytest.mark.parametrize(("work", "runnable"), [("while True: pass", True), ("os.read(0, 1)", False)])
def test_who_has_no_core_is_told_from_who_waits(work: str, runnable: bool, sandbox: Sandbox) -> None:
    run = Run(
        "serve",
        ("/python/bin/python3", "-S", "-c", f"import os\nos.write(3, b'0\\n')\n{work}\n"),
        (("LD_LIBRARY_PATH", "/python/libraries"),),
    )
    with sandbox.opened(run) as box:
        while box.runnable != runnable:  # it has a moment's work until it waits
            pass


def test_a_program_that_had_no_core_has_not_waited_too_long(
    judge: Judge, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from application.judge import sandbox as module

    monkeypatch.setattr(module.Load, "saturated", True)
    monkeypatch.setattr(Box, "runnable", True)
    with pytest.raises(SandboxFailed, match="too busy"):
        sandbox.run(python(judge, "import time\ndef solve(n):\n    time.sleep(60)\n"), [[1]], LIMITS)


def copies(judge: Judge, *names: str, products: tuple[str, ...] = ("*",), then: str = "pass") -> Build:
    """A build that writes these files, by the sandbox's own Python."""
    script = f"import os\nfor name in {names!r}:\n    open(name, 'w').write(name)\n{then}\n"
    command = ("/python/bin/python3", "-S", "-c", script)
    return Build({}, (command,), products, environment=(("LD_LIBRARY_PATH", "/python/libraries"),))


def test_products_are_kept_for_the_same_code(judge: Judge, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    build = copies(judge, "one", "two", products=("o*",))
    folder = products_of(sandbox, build)
    assert [path.name for path in folder.iterdir()] == ["one"]
    monkeypatch.setattr(sandbox.products, "_built", lambda _: pytest.fail("built again"))
    assert products_of(sandbox, build) == folder


@pytest.mark.parametrize(
    ("then", "kept"),
    [
        ("os.symlink('/judge/supervisor.py', 'link')", {"fine"}),
        ("os.mkdir('folder'); open('folder/x', 'w').close()", {"fine"}),
        ("os.rename('fine', 'renamed'); os.link('renamed', 'fine')", {"fine", "renamed"}),
    ],
)
def test_only_plain_files_come_out_of_a_build(then: str, kept: set[str], judge: Judge, sandbox: Sandbox) -> None:
    folder = products_of(sandbox, copies(judge, "fine", then=then))
    assert {path.name for path in folder.iterdir()} == kept
    assert all(path.is_file() and not path.is_symlink() for path in folder.iterdir())


def test_a_folder_of_products_comes_out_whole_without_its_links(judge: Judge, sandbox: Sandbox) -> None:
    then = (
        "os.makedirs('made/a/b')\n"
        "for path in ('made/x', 'made/a/b/y', 'beside'): open(path, 'w').write(path)\n"
        "os.symlink('/judge', 'made/link'); os.symlink('../beside', 'made/a/link')"
    )
    folder = products_of(sandbox, copies(judge, products=("made/",), then=then))
    found = {str(path.relative_to(folder)): path for path in folder.rglob("*") if not path.is_dir()}
    assert {name: path.read_text() for name, path in found.items()} == {n: n for n in ("made/x", "made/a/b/y")}
    # A link in its place leads nowhere, and a folder with nothing in it is no fault.
    moved = "os.rmdir('made'); os.symlink('/judge', 'made')"
    assert not list(products_of(sandbox, copies(judge, products=("made/",), then=moved)).iterdir())
    assert not list(products_of(sandbox, copies(judge, products=("made/",))).iterdir())
    long = "path = f'made/{\"a\" * 150}/{\"b\" * 150}'; os.makedirs(path); open(f'{path}/x', 'w')"
    with pytest.raises(NotBuilt, match="cannot be kept"):
        products_of(sandbox, copies(judge, products=("made/",), then=long))


def test_a_part_of_the_judge_that_does_not_compile_is_not_the_players_fault(judge: Judge, sandbox: Sandbox) -> None:
    broken = copies(judge, then="raise SystemExit('no room')")
    with pytest.raises(SandboxFailed, match="no room"), sandbox.products.used(broken, ours=True):
        pass
    with pytest.raises(SandboxFailed, match="no room"):
        products_of(sandbox, replace(copies(judge, "x"), prepared=broken))


@pytest.mark.parametrize(
    ("then", "complaint"),
    [
        ("os.unlink('x')", "made no program"),
        ("os.rename('x', '..x y')", "cannot be kept"),
        ("raise SystemExit('line 3: wrong')", "line 3: wrong"),
        ("os.abort()", "ended by the signal 6"),
        ("print('x' * 3000000)", "the rest is cut off"),
        ("[open(f'f{n}', 'wb').write(bytes(30 << 20)) for n in range(3)]", "too large"),
        ("open('big', 'wb').write(bytes(100 << 20))", "File too large"),
        ("[open(f'f{n}', 'wb').write(bytes(60 << 20)) for n in range(6)]", "No space left"),
    ],
)
def test_what_a_build_may_not_do(then: str, complaint: str, judge: Judge, sandbox: Sandbox) -> None:
    with pytest.raises(NotBuilt, match=complaint):
        products_of(sandbox, copies(judge, "x", then=then))


def test_a_build_that_does_not_end(judge: Judge, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(products_module, "BUILD_SECONDS", 0.5)
    monkeypatch.setattr(products_module, "BUILD_PATIENCE", 60)
    monkeypatch.setattr(products_module.Load, "saturated", False)  # where it is true, the judge failed
    with pytest.raises(NotBuilt, match="longer than"):
        products_of(sandbox, copies(judge, "x", then="while True: pass"))


def test_old_products_are_forgotten(judge: Judge, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    old = products_of(sandbox, copies(judge, "forgotten"))
    os.utime(old, (1, 1))
    sizes = dict.fromkeys((folder.name for folder in old.parent.iterdir()), 0) | {old.name: 2**50}
    monkeypatch.setattr("application.judge.sandbox.store._size", lambda folder: sizes.get(folder.name, 0))
    sandbox.products._store._sizes.clear()
    new = products_of(sandbox, copies(judge, "newer"))
    assert new.is_dir()
    assert not old.exists()


def test_nobody_else_on_the_machine_reads_what_players_have_compiled(judge: Judge, sandbox: Sandbox) -> None:
    kept = products_of(sandbox, copies(judge, "kept.txt", then="open('kept.txt', 'w').write('mine')"))
    state = kept.parent.stat()
    assert stat.S_IMODE(state.st_mode) == 0o700
    assert state.st_uid == (os.geteuid() if sandbox.runtime.run_as is None else sandbox.runtime.run_as)


def test_the_products_of_a_run_cannot_be_changed_by_it(judge: Judge, sandbox: Sandbox) -> None:
    folder = products_of(sandbox, copies(judge, "program"))
    code = (
        "import os\ndef solve(n):\n    kept = os.listdir('/work')\n    try:\n        open('/work/program', 'w')\n"
        "    except OSError:\n        return kept\n"
    )
    program = python(judge, code)
    run = Run("fork")
    results: list[RunResult] = []
    from application.judge.languages.program import WORK, Mount
    from application.judge.sandbox import _Calls
    from application.judge.sandbox.pool import Loan

    with sandbox._start_run(kind_of(run, 128), Mount(folder, WORK)) as box:
        box.greet()
        results = _Calls(program, LIMITS, ()).all(Loan(box), [[1]])
    assert (results[0].verdict, results[0].value) == (Verdict.ACCEPTED, ["program"])
    assert Path(folder, "program").read_text() == "program"


def descendants(pid: int) -> list[int]:
    """The processes of a sandbox, seen from outside: bubblewrap's, the supervisor, and whoever waits in it."""
    parents = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdecimal():
            with contextlib.suppress(OSError):
                parents[int(entry.name)] = int((entry / "stat").read_text().rpartition(")")[2].split()[1])
    found = [pid]
    for each in found:
        found += [child for child, parent in parents.items() if parent == each]
    return found[1:]


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGSTOP])
@pytest.mark.parametrize("whose", ["heir", "supervisor"])
def test_a_sandbox_spoiled_between_submissions_says_nothing_about_the_next_one(
    whose: str, number: signal.Signals, judge: Judge, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    from application.judge import sandbox as module

    monkeypatch.setattr(module, "BUSY_PATIENCE", 1)
    monkeypatch.setattr(module, "SUPERVISOR_GRACE_SECONDS", 1.0)
    program = python(judge, RIGHT)
    sandbox.run(program, [[1]], LIMITS)
    (pid,) = waiting(sandbox, program.run)
    inside = descendants(pid)
    assert len(inside) >= 2
    os.kill(inside[-1] if whose == "heir" else inside[-2], number)
    assert [run.value for run in sandbox.run(program, [[1], [2]], LIMITS)] == [2, 3]
    assert waiting(sandbox, program.run) != [pid]


def test_one_that_is_spoiled_during_a_test_is_not_lent_again(judge: Judge, sandbox: Sandbox) -> None:
    sandbox.run(python(judge, RIGHT), [[1]], LIMITS)
    slow = python(judge, "import time\ndef solve(n):\n    time.sleep(0.9)\n    return n + 1\n")
    (pid,) = waiting(sandbox, slow.run)
    before, results = len(descendants(pid)), list[RunResult]()
    running = threading.Thread(target=lambda: results.extend(sandbox.run(slow, [[1]], LIMITS)))
    running.start()
    while len(inside := descendants(pid)) == before:
        assert running.is_alive()
    os.kill(inside[-1], signal.SIGKILL)  # who would have taken the next test
    running.join()
    assert [run.value for run in results] == [2]
    assert waiting(sandbox, slow.run) != [pid]


def test_one_that_is_spoiled_between_two_tests_says_nothing_about_the_second(
    judge: Judge, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole, asked = Box.ask, list[Box]()

    def spoiled(box: Box, *args: Any, **options: Any) -> Any:
        asked.append(box)
        if len(asked) == 2:
            os.kill(descendants(box.process.pid)[-1], signal.SIGKILL)
        return whole(box, *args, **options)

    monkeypatch.setattr(Box, "ask", spoiled)
    assert [run.value for run in sandbox.run(python(judge, RIGHT), [[1], [2]], LIMITS)] == [2, 3]
    assert [asked.count(box) for box in dict.fromkeys(asked)] == [2, 2]


@pytest.mark.parametrize("used", [False, True])
def test_only_what_loses_two_fresh_sandboxes_has_lost_them_itself(
    *, used: bool, judge: Judge, sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = python(judge, RIGHT)
    if used:
        sandbox.run(program, [[1]], LIMITS)
    whole, asked = Box.ask, list[Box]()

    def lost(box: Box, *args: Any, **options: Any) -> Any:
        asked.append(box)
        if len(asked) <= survived:
            raise SandboxLost("it ended")
        return whole(box, *args, **options)

    monkeypatch.setattr(Box, "ask", lost)
    survived = 2 if used else 1
    assert sandbox.run(program, [[1]], LIMITS)[0].value == 2
    assert len(set(asked)) == survived + 1
    sandbox.pool.close()
    asked.clear()
    survived = 100
    (run,) = sandbox.run(program, [[1]], LIMITS)
    assert run.verdict is Verdict.RUNTIME_ERROR
    assert len(set(asked)) == 2
