"""A small go-judge for the tests: what its documentation says of ``/run``, ``/file`` and ``/version``, for trusted
programs only, since it contains nothing."""

from __future__ import annotations

import contextlib
import json
import os
import resource
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any


class FakeGoJudge:
    """The engine's state: its stored files, and every request that it got."""

    def __init__(self, token: str) -> None:
        self.token, self.stored, self.requests = token, dict[str, bytes](), list[dict[str, Any]]()
        self.broken = False

    def run(self, cmd: dict[str, Any]) -> dict[str, Any]:
        """One command, as a Result of the interface."""
        if self.broken:
            return {"status": "Internal Error", "error": "out of order"}
        with tempfile.TemporaryDirectory() as folder:
            for name, source in cmd.get("copyIn", {}).items():
                content = self.stored[source["fileId"]] if "fileId" in source else source["content"].encode()
                Path(folder, name).write_bytes(content)
                Path(folder, name).chmod(0o755)
            result, outputs = _execute(cmd, folder)
            result["files"] = {name: text.decode("utf-8", "replace") for name, text in outputs.items()}
            result["fileIds"] = {}
            for wanted in cmd.get("copyOutCached", []):
                name = wanted.removesuffix("?")
                path = Path(folder, name)
                if path.is_file():
                    result["fileIds"][name] = key = f"ID{len(self.stored)}"
                    self.stored[key] = path.read_bytes()
                elif not wanted.endswith("?"):
                    return {**result, "status": "File Error"}
            return result


def _execute(cmd: dict[str, Any], folder: str) -> tuple[dict[str, Any], dict[str, bytes]]:
    cpu_seconds, clock_seconds = cmd["cpuLimit"] / 1e9, cmd["clockLimit"] / 1e9
    stdin = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has it
    stdin.write(cmd["files"][0]["content"].encode())
    stdin.seek(0)
    collectors = cmd["files"][1:]
    pipes = [os.pipe() for _ in collectors]
    outputs: dict[str, bytes] = {}

    def collect(name: str, most: int, descriptor: int) -> None:
        with os.fdopen(descriptor, "rb") as pipe:
            outputs[name] = pipe.read(most + 1)
            while pipe.read(65536):
                pass

    def prepare() -> None:
        os.chdir(folder)
        kept = [os.dup2(end, 50 + index) for index, (_, end) in enumerate(pipes)]
        os.dup2(stdin.fileno(), 0)
        for index, end in enumerate(kept, 1):
            os.dup2(end, index)
        os.closerange(len(kept) + 1, 200)
        resource.setrlimit(resource.RLIMIT_CPU, (int(cpu_seconds) + 1, int(cpu_seconds) + 1))
        resource.setrlimit(resource.RLIMIT_DATA, (cmd["memoryLimit"] + (1 << 30), cmd["memoryLimit"] + (1 << 30)))

    began = time.monotonic()
    own_kib = int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() // 1024
    process = subprocess.Popen(
        cmd["args"],
        env=dict(entry.split("=", 1) for entry in cmd["env"]),
        preexec_fn=prepare,
        close_fds=False,
        start_new_session=True,
    )
    stdin.close()
    readers = []
    for collector, (read, write) in zip(collectors, pipes, strict=True):
        os.close(write)
        readers.append(threading.Thread(target=collect, args=(collector["name"], collector["max"], read)))
        readers[-1].start()
    late = threading.Timer(clock_seconds, lambda: os.killpg(process.pid, signal.SIGKILL))
    late.start()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = 0
    overdue = not late.is_alive()
    late.cancel()
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    for reader in readers:
        reader.join()
    cpu = usage.ru_utime + usage.ru_stime
    # The child began as a copy of this process, and what that takes is in its maximum: less than that is not known.
    memory_kib = usage.ru_maxrss if usage.ru_maxrss > 1.1 * own_kib else 0
    result: dict[str, Any] = {"time": int(cpu * 1e9), "memory": memory_kib * 1024}
    result["runTime"] = int((time.monotonic() - began) * 1e9)
    result["exitStatus"] = os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    result["status"] = "Accepted"
    if os.WIFSIGNALED(status):
        result["status"] = "Signalled"
    elif os.WEXITSTATUS(status):
        result["status"] = "Nonzero Exit Status"
    if any(len(outputs[collector["name"]]) > collector["max"] for collector in collectors):
        result["status"] = "Output Limit Exceeded"
    if overdue or cpu >= cpu_seconds:
        result["status"] = "Time Limit Exceeded"
    if result["memory"] > cmd["memoryLimit"]:
        result["status"] = "Memory Limit Exceeded"
    return result, outputs


@contextlib.contextmanager
def serving(token: str = "a token") -> Iterator[tuple[str, FakeGoJudge]]:
    """The engine on a port of its own: its address, and its state."""
    engine = FakeGoJudge(token)

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            pass

        def answer(self, status: int, body: object = None) -> None:
            text = b"" if body is None else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text)

        def allowed(self) -> bool:
            if self.headers.get("Authorization") == f"Bearer {engine.token}":
                return True
            self.answer(401)
            return False

        def do_GET(self) -> None:
            if self.allowed():
                self.answer(200, {"buildVersion": "v1.9.0-fake"}) if self.path == "/version" else self.answer(404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            if self.allowed():
                request = json.loads(body)
                engine.requests.append(request)
                self.answer(200, [engine.run(cmd) for cmd in request["cmd"]])

        def do_DELETE(self) -> None:
            if self.allowed():
                found = engine.stored.pop(self.path.removeprefix("/file/"), None)
                self.answer(200 if found is not None else 404)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", engine
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
