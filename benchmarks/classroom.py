"""A class of 500 behind one address, with the limits as they are by default; the baseline is one who logs in alone."""

from __future__ import annotations

import json
import random
import time
from collections import Counter
from http.client import HTTPConnection
from urllib.parse import urlsplit

import gevent
from sqlalchemy import create_engine, text
from werkzeug.security import generate_password_hash

from benchmarks import servers
from benchmarks.scale import scaled
from benchmarks.speaker import Json, Speaker
from benchmarks.table import Row, quantile

USERS = 500
SECONDS = 120
"""In which all of them come, at random moments."""

LIMITED = dict.fromkeys(servers.UNHINDERED, "")
"""The limits as they are where nobody has set them."""

_PASSWORD = "correct horse"

_refused: Counter[str] = Counter()


def measure() -> list[Row]:
    """Each logs in, connects, reads their profile, finds an opponent and hands in a program; nobody may be refused."""
    users, chance = scaled(USERS) // 2 * 2, random.Random(4)
    _refused.clear()
    with servers.codemaze(**LIMITED) as process:
        names = [name for _, name in servers.new_users(process.database, users)]
        engine = create_engine(process.database)
        with engine.begin() as connection:
            connection.execute(
                text("UPDATE users SET password_hash = :hash"), {"hash": generate_password_hash(_PASSWORD)}
            )
        engine.dispose()
        alone = 1000 * quantile([_logged_in(process.url, names[0])[0] for _ in range(5)], 0.5)
        class_ = [gevent.spawn_later(chance.uniform(0, scaled(SECONDS)), _play, process.url, name) for name in names]
        gevent.joinall(class_, raise_error=True)
    who, spent = f"a class of {users} within {scaled(SECONDS)} s", [1000 * (pupil.value or 0.0) for pupil in class_]
    refused = "".join(f", {count} {why}" for why, count in _refused.items())
    return [
        Row(f"{who}: refused (must be 0{refused})", sum(_refused.values()), users, "users"),
        *(Row(f"{who}: login, p{share} (ms)", quantile(spent, share / 100), alone, "alone") for share in (50, 99)),
    ]


def _play(url: str, name: str) -> float:
    """All that one of the class does; how long the login took, in seconds."""
    spent, token = _logged_in(url, name)
    try:
        speaker = Speaker(url, token)
        _asked(url, "GET", "/users/profile", token=token)
        started = speaker.wait_for("round_started")
        speaker.ask("find_match", {})
        round_started = started.get(timeout=300) or {}
        judged = speaker.wait_for("submission_judged")
        program = f"def {round_started['problem']['signature']['function']}(*args):\n    return None\n"
        speaker.ask("submit_code", {"room": round_started["room"], "language": "python", "code": program})
        judged.get(timeout=300)
    except (RuntimeError, ConnectionError) as refusal:
        _refused[str(refusal)] += 1
    return spent


def _logged_in(url: str, name: str) -> tuple[float, str]:
    began = time.perf_counter()
    token: str = _asked(url, "POST", "/auth/login", {"username": name, "password": _PASSWORD}).get("access_token", "")
    return time.perf_counter() - began, token


def _asked(url: str, method: str, path: str, body: Json | None = None, token: str = "") -> Json:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=300)
    headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    connection.request(method, path, json.dumps(body) if body else None, headers)
    answer = connection.getresponse()
    found: Json = json.loads(answer.read())
    connection.close()
    if answer.status != 200:
        _refused[f"{method} {path}: {answer.status}"] += 1
    return found
