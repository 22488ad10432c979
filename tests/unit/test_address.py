"""Where a server is found, and where one is not."""

from __future__ import annotations

import json
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from application.base import address
from application.base.config import Settings
from cluster import free_port
from demo.server import running


@contextmanager
def saying(body: object) -> Iterator[str]:
    """The address of a server that answers everything so."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(json.dumps(body).encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Answers) as server:
        threading.Thread(target=server.serve_forever).start()
        yield address.url_of("127.0.0.1", server.server_port)
        server.shutdown()


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Those of a demo whose ``PORT`` nobody listens on."""
    monkeypatch.delenv("CODEMAZE_URL", raising=False)
    return replace(Settings(), data_folder=tmp_path / "not" / "yet", host="127.0.0.1", port=free_port())


@pytest.mark.parametrize(
    ("host", "url"),
    [
        ("0.0.0.0", "http://localhost:80"),
        ("::", "http://localhost:80"),
        ("::1", "http://[::1]:80"),
        ("10.0.0.1", "http://10.0.0.1:80"),
    ],
)
def test_an_address_is_one_that_can_be_asked(host: str, url: str) -> None:
    assert address.url_of(host, 80) == url


def test_an_address_is_there_while_its_server_runs(tmp_path: Path) -> None:
    with address.kept(tmp_path, "http://old"):
        with address.kept(tmp_path, "http://new"):
            assert stat.S_IMODE((tmp_path / "address").stat().st_mode) == 0o644
            assert address.last(tmp_path) == "http://new"
        assert address.last(tmp_path) is None
    with address.kept(tmp_path, "http://old"), address.kept(tmp_path, "http://new"):
        pass
    with address.kept(tmp_path, "http://old"):
        (tmp_path / "address").write_text("http://new\n")
    assert address.last(tmp_path) == "http://new"


def test_a_server_runs_where_its_address_cannot_be_kept(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with address.kept(tmp_path / "file" / "folder", "http://there"):
        assert address.last(tmp_path / "file" / "folder") is None


def test_a_server_is_found_by_its_folder(settings: Settings) -> None:
    assert running(settings) is None
    with saying({"status": "ok", "version": "9.0"}) as url, address.kept(settings.data_folder, url):
        assert running(settings) == url


def test_a_server_of_another_folder_is_found_by_its_port(settings: Settings) -> None:
    with saying({"status": "ok", "version": "9.0"}) as url:
        assert running(replace(settings, port=int(url.rsplit(":", 1)[1]))) == url


@pytest.mark.parametrize("body", [{"status": "fine"}, {}, [], None, "ok"])
def test_what_answers_otherwise_is_no_server(settings: Settings, body: object) -> None:
    with saying(body) as url, address.kept(settings.data_folder, url):
        assert running(settings) is None


def test_an_address_that_was_left_behind_is_none(settings: Settings) -> None:
    with address.kept(settings.data_folder, address.url_of("127.0.0.1", free_port())):
        assert running(settings) is None


def test_the_server_that_is_asked_for_must_be_there(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    with saying({"status": "ok"}) as url, address.kept(settings.data_folder, url):
        monkeypatch.setenv("CODEMAZE_URL", address.url_of("127.0.0.1", free_port()))
        with pytest.raises(SystemExit):
            running(settings)
