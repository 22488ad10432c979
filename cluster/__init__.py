"""A whole cluster on this machine: nginx before several servers, judge workers, PostgreSQL and Redis, on loopback.

What ``deploy/`` describes for several machines, from this machine's own programs: nginx and redis-server of the system
(Debian: ``apt install nginx-light redis-server``), and PostgreSQL of the package that single servers use.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from application.postgres import EmbeddedPostgres

PROJECT = Path(__file__).resolve().parents[1]
START_SECONDS = 120
STOP_SECONDS = 30

_NGINX = """
daemon off;
worker_processes 1;
error_log stderr warn;
pid {folder}/nginx.pid;
events {{ worker_connections 4096; }}
http {{
    access_log off;
    client_body_temp_path {folder}/nginx-body;
    proxy_temp_path {folder}/nginx-proxy;
    fastcgi_temp_path {folder}/nginx-fastcgi;
    uwsgi_temp_path {folder}/nginx-uwsgi;
    scgi_temp_path {folder}/nginx-scgi;
    include {site};
}}
"""


class Missing(Exception):
    """A program that the cluster needs is not installed; the message says which and how to get it."""


class Member:
    """One process of the cluster. ``ready`` is part of the line that it says when it has started, or empty."""

    def __init__(
        self, name: str, command: Sequence[str], environment: Mapping[str, str], log: Path, ready: str = ""
    ) -> None:
        self.name, self.log = name, log
        self._command, self._environment, self._ready = list(command), dict(environment), ready
        self.process: subprocess.Popen[str] | None = None

    def start(self) -> None:
        """Start it and wait until it says that it is ready."""
        self.begin()
        self.wait_ready()

    def begin(self) -> None:
        """Start it."""
        self.log.touch(0o600)
        log = self.log.open("a")
        self.process = subprocess.Popen(
            self._command,
            cwd=PROJECT,
            env=self._environment,
            stdout=subprocess.PIPE if self._ready else log,
            stderr=log,
            text=True,
            start_new_session=True,
        )
        log.close()

    def wait_ready(self) -> None:
        """Wait until it has said that it is ready. Raises RuntimeError when it ends instead."""
        assert self.process
        if not self._ready:
            return
        assert self.process.stdout
        said = []
        for line in self.process.stdout:
            said.append(line)
            if self._ready in line:
                return
        raise RuntimeError(f"{self.name} did not start: {''.join(said)} (see {self.log})")

    def kill(self) -> None:
        """End it as a crash would."""
        if self.process:
            self.process.kill()
            self.process.wait()

    def stop(self) -> int:
        """End it as an operator would; its exit code."""
        if self.process is None:
            return 0
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(STOP_SECONDS)


class Cluster:
    """nginx at ``url``, ``servers``, ``workers``, ``redis`` and ``postgres``, each to be killed and started at will."""

    def __init__(
        self,
        folder: Path,
        environment: Mapping[str, str],
        *,
        servers: int = 2,
        workers: int = 2,
        port: int | None = None,
        database_url: str | None = None,
    ) -> None:
        """``environment`` are settings for all servers and workers. Ports are free ones, but for nginx's
        when ``port`` is given. Raises Missing."""
        self.folder, self._database_url = folder, database_url
        self.database_url = database_url or ""
        redis_server, nginx = _program("redis-server"), _program("nginx")
        self.port = port or free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.postgres = None if database_url else EmbeddedPostgres(folder / "postgres", print)
        redis_port = free_port()
        self.redis_url = f"redis://127.0.0.1:{redis_port}/0"
        shared = {
            **{name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "PORT", "HOST")},
            "HOST": "127.0.0.1",
            "REDIS_URL": self.redis_url,
            "DATA_FOLDER": str(folder),
            "TRUSTED_PROXIES": "1",
            "JUDGE_SLOTS": "1",
            **environment,
        }
        redis_words = [
            redis_server,
            "--port",
            str(redis_port),
            "--bind",
            "127.0.0.1",
            "--save",
            "",
            "--appendonly",
            "no",
        ]
        self.redis = Member("redis", redis_words, os.environ, folder / "redis.log")
        self.workers = [
            Member(
                f"worker {number}", [sys.executable, "worker.py"], shared, folder / f"worker-{number}.log", "is ready"
            )
            for number in range(1, workers + 1)
        ]
        self._shared, self._count = shared, servers
        self.ports = [free_port() for _ in range(servers)]
        self.servers: list[Member] = []
        self.nginx = Member("nginx", [nginx, "-c", str(self._nginx_file())], os.environ, folder / "nginx.log")

    def start(self) -> None:
        """Start everything; several processes of a kind at once."""
        url = self.database_url = self._database_url or (self.postgres.start() if self.postgres else "")
        self.redis.begin()
        _wait_for_port(int(self.redis_url.rpartition(":")[2].partition("/")[0]))
        self.servers = [
            Member(
                f"server {number}",
                [sys.executable, "run.py"],
                {
                    **self._shared,
                    "DATABASE_URL": url,
                    "JUDGE_WORKERS": "1",
                    "JWT_SECRET_KEY": self._key(),
                    "PORT": str(port),
                },
                self.folder / f"server-{number}.log",
                "stop it",
            )
            for number, port in enumerate(self.ports, start=1)
        ]
        for member in (*self.workers, *self.servers):
            member.begin()
        for member in (*self.workers, *self.servers):
            member.wait_ready()
        self.nginx.begin()
        _wait_for_port(self.port)

    def stop(self) -> None:
        """Stop everything, in the reverse order."""
        for member in (self.nginx, *self.servers, *self.workers, self.redis):
            member.stop()
        if self.postgres:
            self.postgres.stop()

    def url_of(self, number: int) -> str:
        """The address of one server, past nginx; the first is 0."""
        return f"http://127.0.0.1:{self.ports[number]}"

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def _key(self) -> str:
        kept = self.folder / "signing_key"
        if not kept.exists():
            kept.touch(0o600)
            kept.write_text(secrets.token_hex(32))
        return kept.read_text().strip()

    def _nginx_file(self) -> Path:
        """The site of ``deploy/nginx.conf`` with the ports of this cluster."""
        site = (PROJECT / "deploy" / "nginx.conf").read_text()
        found = re.search(r"(?:^ *server 127\.0\.0\.1:\d+ .*\n)+", site, re.MULTILINE)
        assert found
        one = found[0].splitlines()[0]
        lines = "".join(re.sub(r":\d+", f":{port}", one, count=1) + "\n" for port in self.ports)
        site = site.replace(found[0], lines).replace("listen 4000;", f"listen 127.0.0.1:{self.port};")
        (self.folder / "site.conf").write_text(site)
        whole = self.folder / "nginx.conf"
        whole.write_text(_NGINX.format(folder=self.folder, site=self.folder / "site.conf"))
        return whole


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _program(name: str) -> str:
    found = shutil.which(name) or shutil.which(f"/usr/sbin/{name}")
    if found is None:
        raise Missing(f"{name} is not installed. Debian, Ubuntu: sudo apt install nginx-light redis-server")
    return found


def _wait_for_port(port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)
