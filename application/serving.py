"""One running server: everything it needs is started in order, said in a few lines, and stopped in reverse."""

from __future__ import annotations

import logging
import resource
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace

import gevent
import structlog
from flask_migrate import upgrade
from gevent.event import Event
from gevent.pywsgi import WSGIServer
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from application.base import address, litter
from application.base.config import InvalidSetting, Settings
from application.base.database import AdvisoryLock, db
from application.base.measures import LOOP_LAG
from application.house import Codemaze, build
from application.judge.parts import make_judge
from application.matches.roster import DEAD_SECONDS
from application.postgres import EmbeddedPostgres
from application.problems.catalogue import seed
from application.problems.catalogue.document import load_bank
from application.web.server import make_server, must_be_free

DRAIN_SECONDS = 7.0
"""After a TERM, judgements under way may take this long; with the rest, stopping stays below ten seconds."""

OPEN_FILES = 65_536


EXPANDED = "0015"
"""The last migration that servers of the version before can live with."""

LOCK_PAUSE_SECONDS = 0.1

PROVEN_AT_START = 2
"""Problems of each rank that are proven before the server is ready; the others follow while it runs."""

log = structlog.get_logger()


def serve(settings: Settings, say: Callable[[str], None]) -> None:
    """Run the server until it is told to stop; ``say`` shows a line to whoever started it.

    Raises EmbeddedPostgresError, OSError when the port is taken, and SQLAlchemyError for a database out of reach.
    """
    if settings.redis_url and settings.database_url is None:
        raise InvalidSetting("REDIS_URL: several processes need a DATABASE_URL that all of them can reach")
    must_be_free(settings.host, settings.port)
    configure_logging(settings.log_format, settings.log_level)
    _allow_many_connections()
    stopping = Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        gevent.signal_handler(number, _stop, stopping)
    with ExitStack() as running:
        url, database = settings.database_url, "the one of DATABASE_URL"
        if url is None:
            postgres = EmbeddedPostgres(settings.data_folder / "postgres", say)
            with _taking_time("starting PostgreSQL", say):
                url = running.enter_context(_started(postgres))
            database = f"embedded PostgreSQL in {postgres.home}"
        with _taking_time("testing the sandbox", say):
            judge = make_judge(settings)
        app, codemaze = build(replace(settings, database_url=url), judge)
        with app.app_context():
            _prepare_database(codemaze, say)
            codemaze.matches.arrivals.recover()
            db.session.remove()
        server = make_server(settings, app)
        server.start()
        running.callback(_close, server)
        running.enter_context(_working(app.app_context, codemaze))
        litter.leave_to_ourselves()
        with address.kept(settings.data_folder, address.url_of(settings.host, settings.port)):
            for line in _banner(settings, codemaze, database):
                say(line)
            stopping.wait()
        say("Stopping: what is being judged is finished first.")
        codemaze.matches.service.drain()
        server.stop_accepting()
        codemaze.door.say_goodbye()
    say("Stopped.")


def _allow_many_connections() -> None:
    """Raise the soft limit on open files, often 1024: a WebSocket takes two of them."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN_FILES if hard == resource.RLIM_INFINITY else min(OPEN_FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


@contextmanager
def _started(postgres: EmbeddedPostgres) -> Iterator[str]:
    with postgres:
        yield postgres.start()


@contextmanager
def _working(context: Callable[[], object], codemaze: Codemaze) -> Iterator[None]:
    """The judge, the timekeeper and the drafts at work, until the end of the block."""

    def keep_time() -> None:
        with context():  # type: ignore[attr-defined]
            codemaze.matches.timekeeper.run()

    def draft() -> None:
        with context():  # type: ignore[attr-defined]
            codemaze.generating.drafting.run()

    if codemaze.matches.queue:
        codemaze.matches.queue.start()
    codemaze.sockets.relay.start()
    keeper, drafter = gevent.spawn(keep_time), gevent.spawn(draft)
    watcher = gevent.spawn(_watch_the_loop)
    prover = gevent.spawn(codemaze.judge.prove_all)
    seeder = gevent.spawn(_prove_the_rest, context, codemaze)
    try:
        yield
    finally:
        codemaze.generating.drafting.stop()
        drafter.kill()
        codemaze.matches.timekeeper.stop()
        if codemaze.matches.queue:
            codemaze.matches.queue.stop(DRAIN_SECONDS)
        prover.kill()
        seeder.kill()
        watcher.kill()
        keeper.join(timeout=1)
        keeper.kill()
        with context(), suppress(SQLAlchemyError):  # type: ignore[attr-defined]
            codemaze.matches.arrivals.close()
        codemaze.sockets.relay.stop()


def _prove_the_rest(context: Callable[[], object], codemaze: Codemaze) -> None:
    """Prove what is new of the bank, one problem at a time, unless another process is doing so."""
    with context(), db.engine.connect() as guard:  # type: ignore[attr-defined]
        free = guard.scalar(text(f"SELECT pg_try_advisory_lock({AdvisoryLock.PROVING})"))
        if free and codemaze.judge.grader:
            seed.prove_all(codemaze.catalogue.problems, codemaze.judge.grader, 1)
            guard.execute(text(f"SELECT pg_advisory_unlock({AdvisoryLock.PROVING})"))
        guard.rollback()


def _watch_the_loop() -> None:
    """Every second, how late the event loop was at worst."""
    while True:
        worst = 0.0
        for _ in range(20):
            due = time.monotonic() + 0.05
            gevent.sleep(0.05)
            worst = max(worst, time.monotonic() - due)
        LOOP_LAG.set(worst)


def _prepare_database(codemaze: Codemaze, say: Callable[[str], None]) -> None:
    """Migrate, keep the bank, and prove the first of it. Other processes that start meanwhile wait for it."""
    progress = _Progress(say)
    with db.engine.connect() as guard:
        # Asked again and again, not waited for: a migration that builds an index beside running servers waits until
        # every older statement has ended, one that waits for this very lock among them.
        while not guard.scalar(text(f"SELECT pg_try_advisory_lock({AdvisoryLock.MIGRATING})")):
            guard.rollback()
            gevent.sleep(LOCK_PAUSE_SECONDS)
        _migrate()
        codemaze.accounts.users.remove_unfit_avatars()
        seed.keep(codemaze.catalogue.problems, load_bank(codemaze.settings.bank_folder))
        if codemaze.judge.grader:
            slots = codemaze.settings.judge_slots
            seed.prove_all(
                codemaze.catalogue.problems, codemaze.judge.grader, slots, progress, of_each_rank=PROVEN_AT_START
            )
        guard.execute(text(f"SELECT pg_advisory_unlock({AdvisoryLock.MIGRATING})"))


def _migrate() -> None:
    """Bring the database up to date. What a version before still needs goes only when no server of it is running."""
    upgrade(revision=EXPANDED)
    with db.engine.connect() as connection:
        older = connection.scalar(text(_OLDER_SERVERS))
    if not older:
        upgrade(revision="heads")


def _close(server: WSGIServer) -> None:
    """Take nothing new, and let requests under way end; sockets that stay open are cut after a second."""
    server.stop(timeout=1)


def _stop(stopping: Event) -> None:
    if stopping.is_set():
        sys.exit("Stopped at once.")
    stopping.set()


def _banner(settings: Settings, codemaze: Codemaze, database: str) -> Iterator[str]:
    judge = codemaze.judge
    where = address.url_of(settings.host, settings.port)
    languages = ", ".join(f"{language.name} {language.version}" for language in judge.languages.values())
    yield ""
    yield f"  Codemaze is ready   {where}"
    yield f"  try it              {where}/docs"
    yield f"  database            {database}"
    yield f"  languages           {languages or 'none'}"
    if judge.unproven:
        yield f"                      in a moment: {', '.join(other.name for other in judge.unproven.values())}"
    yield f"  sandbox             {judge.self_test.how if judge.self_test.ok else 'JUDGING IS OFF'}"
    for problem in judge.self_test.problems:
        yield f"                      {problem}"
    yield "  stop it             Ctrl-C"
    yield ""


# As in the roster: who has not been seen for so long is dead.
_OLDER_SERVERS = f"""
    SELECT EXISTS (SELECT 1 FROM server_processes
    WHERE release IS NULL AND seen_at > now() - interval '{DEAD_SECONDS} seconds')"""


class _Progress:
    """Shows a line of progress, but only when the work has taken two seconds, and then once a second."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self._say, self._next = say, time.monotonic() + 2

    def __call__(self, line: str) -> None:
        if time.monotonic() >= self._next:
            self._say(f"... {line}")
            self._next = time.monotonic() + 1


@contextmanager
def _taking_time(what: str, say: Callable[[str], None]) -> Iterator[None]:
    """Say what is going on when it takes more than two seconds."""
    notice = gevent.spawn_later(2, say, f"... {what}")
    try:
        yield
    finally:
        notice.kill()


def configure_logging(form: str, level: str = "info") -> None:
    """Log with structlog, as JSON or for people; what libraries log goes the same way, from warnings up."""
    processors: list[structlog.types.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    if form == "json":
        processors += [structlog.processors.format_exc_info, structlog.processors.JSONRenderer()]
    else:
        # With the values of variables a traceback would show passwords and players' code.
        plain = structlog.dev.plain_traceback
        processors.append(structlog.dev.ConsoleRenderer(colors=sys.stderr.isatty(), exception_formatter=plain))
    structlog.configure(
        processors=processors,
        wrapper_class=structlog.make_filtering_bound_logger(level),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
    )
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(name)s: %(message)s")
    # It calls an error what a client got wrong, such as the id of a connection that has ended; a crash has a traceback.
    logging.getLogger("engineio.server").addFilter(lambda record: record.exc_info is not None)
