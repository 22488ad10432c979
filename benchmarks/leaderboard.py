"""``GET /users/leaderboard`` with 100, 10,000 and 1,000,000 users, over HTTP; the baseline sends a constant list."""

from __future__ import annotations

import time
from http.client import HTTPConnection

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.dialects import postgresql

from application.ratings.leaderboard import by_xp
from benchmarks import servers
from benchmarks.scale import scaled
from benchmarks.table import Row, quantile

USERS = (100, 10_000, 1_000_000)
SHOWN = 100
REQUESTS = 400
WARM = 20

_ADD = text(
    "INSERT INTO users (username, password_hash, xp) "
    "SELECT 'user-' || n, 'none', (n::bigint * 7919) % 10007 FROM generate_series(:first, :last) n"
)


def measure() -> list[Row]:
    """The first page, one request after the other on one connection, after what autovacuum does by itself."""
    with servers.bare() as process:
        bare = _p95_ms(process)
    rows: list[Row] = []
    with servers.codemaze() as process:
        engine = create_engine(process.database, isolation_level="AUTOCOMMIT")
        there = 0
        for users in sorted({scaled(number, least=SHOWN) for number in USERS}):
            with engine.connect() as connection:
                connection.execute(_ADD, {"first": there + 1, "last": users})
                connection.execute(text("VACUUM ANALYZE users"))
                plan = _plan(connection)
            there = users
            base, beside = (rows[0].value, f"with {SHOWN} users") if rows else (bare, "bare, from memory")
            rows.append(Row(f"leaderboard of {users:,} users, {plan}, p95 (ms)", _p95_ms(process), base, beside))
        engine.dispose()
    return rows


def _plan(connection: Connection) -> str:
    """How PostgreSQL reads the page."""
    asked = by_xp(SHOWN, 0).compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})  # type: ignore[no-untyped-call]
    plan = "\n".join(connection.scalars(text(f"EXPLAIN {asked}")))
    if "Index Only Scan" in plan:
        return "from the index alone"
    return "all read and sorted" if "Seq Scan" in plan else "from the index and the table"


def _p95_ms(process: servers.Process) -> float:
    connection = HTTPConnection("127.0.0.1", process.port, timeout=60)
    spent = []
    for _ in range(WARM + scaled(REQUESTS, least=50)):
        began = time.perf_counter()
        connection.request("GET", "/users/leaderboard")
        answer = connection.getresponse()
        answer.read()
        assert answer.status == 200, answer.status
        spent.append(1000 * (time.perf_counter() - began))
    connection.close()
    return quantile(spent[WARM:], 0.95)
