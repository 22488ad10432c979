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

from application.base import address
from application.base.config import Settings
from application.start import read_settings

RUN = Path(__file__).parents[1] / "run.py"


@contextmanager
def server() -> Iterator[str]:
    """The address of a server: one that is ``running``, or one that is started until the end."""
    settings = read_settings()
    url = running(settings)
    if url:
        print(f"Playing on {url}, which is running already.")
        yield url
        return
    port = str(_free() if _taken(settings.port) else settings.port)
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


def running(settings: Settings) -> str | None:
    """A server that answers: ``CODEMAZE_URL`` and no other where it is set, else the one that works on ``DATA_FOLDER``,
    else the one on ``PORT``."""
    asked = os.environ.get("CODEMAZE_URL")
    known = [address.last(settings.data_folder), address.url_of(settings.host, settings.port)]
    found = next((url for url in ([asked] if asked else known) if url and _answers(url)), None)
    if asked and not found:
        sys.exit(f"Nothing answers as Codemaze at {asked} (CODEMAZE_URL).")
    return found


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
