"""Judging on an engine elsewhere: go-judge, spoken to over its REST interface (``POST /run``, ``DELETE /file/<id>``).

The engine contains what it runs, with the toolchains of its own machine; what is expected is not sent to it either.
Where the sandbox has a warm process or one that answers test after test, the engine starts one process a test. Compiled
programs stay in its file store, as one archive, until their submission is judged.
"""

from __future__ import annotations

import contextlib
import re
import shlex
import time
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import httpx

from application.judge.languages.language import HARNESS, PACKAGES, NotInstalled
from application.judge.languages.program import APART, WORK, Build, Mount, Program, Run
from application.judge.outcome import CONSOLE_KEPT, MAX_RESULT, Garbled, Reply, count, run_result, signal_name
from application.judge.runner import TOTAL_PATIENCE, RunnerFailed
from application.judge.slots import current
from application.judge.text import clean
from application.judge.verdicts import Limits, RunResult, Verdict

PYTHON = ("/usr/bin/python3", "-S", "-s", "-B", "-X", "utf8", "python_child.py")
FOLDERS = (HARNESS, PACKAGES, Path(__file__).parent / "sandbox" / "inside")
CONSOLE_FLOOD = 1024 * 1024
BUILD_LIMITS = Limits(time_ms=40_000, memory_mib=2048)
BUILD_PROCESSES = 256
ITSELF_MIB = 64
"""Resident memory that a runtime may take beside the problem's limit: the engine counts nothing else."""
PATIENCE = 6
"""How many times its time by the clock a program gets that is asked once more, as it computed until that was over."""

_BUSY = "the engine was too busy to run the program in its time"
IDLE_SHARE = 0.1
MAX_WAIT_MS = 5000
"""How long the tests of one submission may take together that compute for less than ``IDLE_SHARE`` of their time."""

ARCHIVE = "products.tar"
_FOLDERS = {"/judge/": "", APART: "harness", WORK: "."}
"""The engine's places for the sandbox's: all is in the one folder that a command runs in."""
_NANO = 1_000_000
_MIB = 1024 * 1024
_FRAME = re.compile(rb"\A0\n(\d{1,10})(?: last)?\n")


class GoJudge:
    """A runner that asks a go-judge at ``url``, with its token if it has one."""

    def __init__(self, url: str, token: str | None = None, timeout_seconds: float = 90.0) -> None:
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=timeout_seconds)
        self.url = url
        self.host = EngineHost(self)

    def version(self) -> str:
        """The engine's own version; raises RunnerFailed."""
        try:
            answer = self._http.get("/version")
            answer.raise_for_status()
            return str(answer.json().get("buildVersion", "unknown"))
        except (httpx.HTTPError, ValueError) as error:
            raise RunnerFailed(f"the engine at {self.url} cannot be asked: {error}") from error

    def run(
        self, program: Program, calls: Sequence[list[Any]], limits: Limits, stop_at: Collection[Verdict] = ()
    ) -> list[RunResult]:
        """As ``Runner.run``."""
        with self._built(program) as (files, failure):
            if failure:
                return [RunResult(Verdict.COMPILE_ERROR, message=failure)] * len(calls)
            results: list[RunResult] = []
            deadline, waited_ms, slot = time.monotonic() + TOTAL_PATIENCE * limits.total_ms / 1000, 0, current()
            for args in calls:
                deadline += slot.rest()
                if time.monotonic() > deadline:
                    raise RunnerFailed(_BUSY)
                if waited_ms > MAX_WAIT_MS or waited_ms + sum(run.time_ms for run in results) > limits.total_ms:
                    late = RunResult(Verdict.TIME_LIMIT, message="The tests together took too long.")
                    return results + [late] * (len(calls) - len(results))
                called, took_ms = self._called(program, files, args, limits)
                results.append(called)
                waited_ms += took_ms if called.time_ms < IDLE_SHARE * took_ms else 0
                if results[-1].verdict in stop_at:
                    break
                if results[-1].verdict is Verdict.COMPILE_ERROR:
                    results += results[-1:] * (len(calls) - len(results))
                    break
            return results

    def execute(self, command: Command) -> dict[str, Any]:
        """One command on the engine and what came of it; raises RunnerFailed."""
        try:
            answer = self._http.post("/run", json={"cmd": [command.request()]})
            answer.raise_for_status()
            (result,) = answer.json()
        except (httpx.HTTPError, ValueError, TypeError) as error:
            raise RunnerFailed(f"the engine at {self.url} cannot be asked: {error}") from error
        if not isinstance(result, dict) or result.get("status") in (None, "Internal Error", "File Error"):
            said = result.get("error") or result.get("fileError") if isinstance(result, dict) else result
            raise RunnerFailed(f"the engine at {self.url} failed: {said}")
        return result

    @contextlib.contextmanager
    def _built(self, program: Program) -> Iterator[tuple[dict[str, Any], str]]:
        """The files that a run of the program needs, or why it does not compile."""
        if program.build is None:
            yield {}, ""
            return
        result = self.execute(self._build_command(program.build, program.harness))
        if kept_from_it(result, BUILD_LIMITS):
            raise RunnerFailed(_BUSY)
        stored = result.get("fileIds", {}).get(ARCHIVE)
        if result["status"] != "Accepted" or not stored:
            yield {}, _complaint(result)
            return
        try:
            yield {ARCHIVE: {"fileId": stored}}, ""
        finally:
            with contextlib.suppress(httpx.HTTPError):
                self._http.delete(f"/file/{stored}")

    def _build_command(self, build: Build, harness: Build | None) -> Command:
        steps, kept = self._steps(build), " ".join(_pattern(pattern) for pattern in build.products)
        sources = dict(build.sources)
        if harness:
            folder = _FOLDERS[APART]
            moved = [f"mv -- {shlex.quote(folder + name)} {folder}/{shlex.quote(name)}" for name in harness.sources]
            inside = " && ".join(self._steps(harness))
            steps = [f"mkdir {folder}", *moved, f"( cd {folder} && {inside} )", *steps]
            sources |= {folder + name: text for name, text in harness.sources.items()}
            kept += f" {folder}"
        script = " && ".join([*steps, f"tar -cf {ARCHIVE} -- {kept}"])
        return Command(
            ("/bin/sh", "-c", f"{{ {script}; }} 2>&1"),
            build.environment,
            BUILD_LIMITS,
            processes=BUILD_PROCESSES,
            files={name: {"content": text} for name, text in sources.items()},
            cached=(ARCHIVE,),
        )

    def _steps(self, build: Build) -> list[str]:
        folders = [f"mkdir {shlex.quote(product)}" for product in build.products if product.endswith("/")]
        return folders + [shlex.join(self.host.translated(word) for word in command) for command in build.commands]

    def _called(
        self, program: Program, files: dict[str, Any], args: list[Any], limits: Limits
    ) -> tuple[RunResult, int]:
        """What came of one call, and the milliseconds that it took by the clock."""
        run, request = program.run, program.request(args)
        command = [self.host.translated(word) for word in run.command] if run.command else list(PYTHON)
        needed = {name: {"content": _harness(name)} for name in command if _is_harness(name)}
        if ARCHIVE in files:
            command = ["/bin/sh", "-c", f'tar -xf {ARCHIVE} && exec "$@"', "sh", *command]
        if run.mode == "serve":
            request = b"%d\n%b" % (len(request), request)
        asked = Command(
            tuple(command),
            run.environment,
            Limits(limits.time_ms, limits.memory_mib + min(run.own_mib, ITSELF_MIB)),
            request,
            processes=run.threads + 64 if run.mode == "serve" or run.threads else 1,
            files={**files, **needed},
            answer_at=run.result,
        )
        result = self.execute(asked)
        if kept_from_it(result, limits):
            result = self.execute(replace(asked, patience=PATIENCE))
        if kept_from_it(result, limits):
            raise RunnerFailed(_BUSY)
        return _outcome(result, run, limits), int(result.get("runTime", 0)) // _NANO


@dataclass(frozen=True)
class Command:
    """What the engine is asked to run. ``answer_at`` is the descriptor whose output is the answer;
    ``patience``, how many times the usual time it gets by the clock."""

    words: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]
    limits: Limits
    request_bytes: bytes = b""
    processes: int = 1
    files: dict[str, Any] | None = None
    cached: tuple[str, ...] = ()
    answer_at: int = 3
    patience: int = 1

    def request(self) -> dict[str, Any]:
        """As the engine takes it. Its times are in nanoseconds, its sizes in bytes."""
        outputs: list[dict[str, Any]] = [
            {"name": name, "max": CONSOLE_FLOOD, "pipe": True} for name in ("stdout", "stderr", "unused")
        ]
        outputs[self.answer_at - 1] = {"name": "answer", "max": MAX_RESULT, "pipe": True}
        cpu = self.limits.time_ms * _NANO
        return {
            "args": list(self.words),
            "env": ["PATH=/usr/bin:/bin", *(f"{name}={value}" for name, value in self.environment if name != "PATH")],
            "files": [{"content": self.request_bytes.decode("utf-8", "replace")}, *outputs],
            "cpuLimit": cpu,
            "clockLimit": self.patience * (2 * cpu + 1000 * _NANO),
            "memoryLimit": self.limits.memory_mib * _MIB,
            "procLimit": self.processes,
            "copyIn": self.files or {},
            "copyOutCached": [f"{name}?" for name in self.cached],
        }


class EngineHost:
    """Looks for compilers and interpreters on the engine's machine."""

    def __init__(self, engine: GoJudge) -> None:
        self._engine = engine
        self._carried: dict[str, str] = {}

    def program(self, *names: str) -> Path:
        """The first of these programs there; raises NotInstalled."""
        found = self._shell(" || ".join(f"command -v {shlex.quote(name)}" for name in names))
        if not found.startswith("/"):
            raise NotInstalled(f"there is no {' or '.join(names)} on the engine")
        return Path(found.splitlines()[0])

    def told(self, program: Path, *arguments: str) -> str:
        """What a program prints there; empty when it fails."""
        return self._shell(shlex.join([str(program), *arguments]) + " 2>&1")

    def mounts(self, *places: str) -> tuple[Mount, ...]:
        """Which of these places there are: the engine mounts its own."""
        found = self._shell(f"ls -d {' '.join(map(_pattern, places))} 2>/dev/null || true")
        return tuple(Mount(Path(place), place) for place in found.splitlines())

    def carried(self, name: str, program: Path) -> tuple[Mount, ...]:
        """Remember where the program is in truth."""
        self._carried[f"/language/{name}"] = str(program)
        return ()

    @property
    def libraries(self) -> tuple[Mount, ...]:
        """The engine has its own."""
        return ()

    def translated(self, word: str) -> str:
        """A word of a command with the engine's places for the sandbox's."""
        if word in self._carried:
            return self._carried[word]
        for place, folder in _FOLDERS.items():
            word = word.replace(place, folder)
        return word

    def _shell(self, script: str) -> str:
        command = Command(("/bin/sh", "-c", script), (), BUILD_LIMITS, processes=BUILD_PROCESSES)
        result = self._engine.execute(command)
        return str(result.get("files", {}).get("stdout", "")).strip() if result["status"] == "Accepted" else ""


def kept_from_it(result: dict[str, Any], limits: Limits) -> bool:
    """Whether the clock ended what was computing: the engine's machine was busy elsewhere. What hardly computed
    waited."""
    used, took = int(result.get("time", 0)), int(result.get("runTime", 0))
    late = result["status"] == "Time Limit Exceeded" and used < limits.time_ms * _NANO
    return late and used >= IDLE_SHARE * took


def _outcome(result: dict[str, Any], run: Run, limits: Limits) -> RunResult:
    """The engine's result in the words of the sandbox, and so in those of the judge."""
    status, files = result["status"], result.get("files") or {}
    console = "".join(str(files.get(name, "")) for name in ("stdout", "unused", "stderr")).encode("utf-8", "replace")
    answer = str(files.get("answer", "")).encode("utf-8", "replace")
    memory, cpu_ms = count(result, "memory") // 1024, count(result, "time") // _NANO
    if run.mode == "serve":
        framed = _FRAME.match(answer)
        answer = answer[framed.end() : framed.end() + int(framed[1])] if framed else b""
    if status == "Memory Limit Exceeded":
        told = "The program ran out of memory."
        return RunResult(Verdict.MEMORY_LIMIT, None, told, "", cpu_ms, memory, "memory limit")
    # One that floods runs until its time is up: the engine throws away what is too much.
    flooded = status == "Output Limit Exceeded" or len(console) >= CONSOLE_FLOOD
    end = "cpu" if cpu_ms >= limits.time_ms else "wall"
    end = end if status == "Time Limit Exceeded" else "exited"
    end = ("result" if len(answer) >= MAX_RESULT - 4 else "console") if flooded else end
    code = count(result, "exitStatus")
    header = {
        "signal": code if status == "Signalled" else 0,
        "code": code if status == "Nonzero Exit Status" else 0,
        "cpu_ms": cpu_ms,
        "memory_kib": memory,
        "tail": console[-4096:].decode("latin-1"),
        "printed": len(console),
    }
    try:
        return run_result(Reply(end, header, console[:CONSOLE_KEPT], answer), limits.time_ms)
    except Garbled as error:
        raise RunnerFailed(f"the engine answered nonsense: {error}") from error


def _complaint(result: dict[str, Any]) -> str:
    if result["status"] == "Time Limit Exceeded":
        return f"Compiling took longer than {BUILD_LIMITS.time_ms // 1000} s."
    said = str((result.get("files") or {}).get("stdout", "")).replace("/w/", "").strip()
    ended = f"The compiler ended with: {result['status']}."
    if result["status"] == "Signalled":
        ended = f"The compiler was ended by the signal {signal_name(count(result, 'exitStatus'))}."
    return clean(said or ended)


def _pattern(text: str) -> str:
    """A word of a shell in which only ``*`` keeps its meaning."""
    return "*".join(shlex.quote(part) if part else "" for part in text.split("*"))


def _is_harness(name: str) -> bool:
    return any((folder / name).is_file() for folder in FOLDERS) and "/" not in name


def _harness(name: str) -> str:
    return next(folder / name for folder in FOLDERS if (folder / name).is_file()).read_text(encoding="utf-8")
