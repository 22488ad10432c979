"""The server that the demo plays on: one that is running already, or one that is started for it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import requests

from application.start import read_settings

RUN = Path(__file__).parents[1] / "run.py"


@contextmanager
def server() -> Iterator[str]:
    """The address of a server: ``CODEMAZE_URL``, the one on ``PORT`` (4000), or one that is started until the end."""
    port = str(read_settings().port)
    url = os.environ.get("CODEMAZE_URL", f"http://localhost:{port}")
    if _answers(url):
        print(f"Playing on {url}, which is running already.")
        yield url
        return
    if "CODEMAZE_URL" in os.environ:
        sys.exit(f"Nothing answers as Codemaze at {url} (CODEMAZE_URL).")
    if _taken(int(port)):
        port = str(_free())
    print("Starting a server (the first time takes some seconds).", flush=True)
    child = subprocess.Popen(
        [sys.executable, str(RUN)],
        env={**os.environ, "PORT": port, "HOST": "127.0.0.1"},
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert child.stdout
        for line in child.stdout:
            print(line, end="", flush=True)
            if "stop it" in line:
                break
        else:
            sys.exit("The server did not start.")
        yield f"http://127.0.0.1:{port}"
    finally:
        child.send_signal(signal.SIGTERM)
        child.communicate()


def _answers(url: str) -> bool:
    try:
        return bool(requests.get(f"{url}/health/live", timeout=2).json()["status"] == "ok")
    except (requests.RequestException, ValueError, TypeError, LookupError):
        return False


def _taken(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def _free() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
