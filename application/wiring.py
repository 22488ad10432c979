"""Settings become backends, backends become services, services get their doors. The only file that knows every part."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_cors import CORS
from flask_socketio import SocketIO
from prometheus_client import CollectorRegistry, Gauge
from sqlalchemy import text
from werkzeug.middleware.proxy_fix import ProxyFix

from application.clock import Clock, utc_now
from application.config import PROJECT, Settings
from application.extensions import db, jwt, limiter, migrate
from application.judge.engine import GoJudge
from application.judge.machine import Judge
from application.judge.queue import LocalJudgeQueue
from application.judge.scripts import Scripts
from application.judge.verdicts import Judgement
from application.matches.classic import ClassicRooms
from application.matches.deadlines import Deadlines, Timekeeper
from application.matches.reading import MatchReader, count_live
from application.matches.referee import MatchRules, Referee
from application.matches.runs import TrialRuns
from application.matches.service import Matches
from application.problems.service import Chooser, Problems
from application.rates import Rate
from application.realtime import asyncapi, frames
from application.realtime.classic import ClassicDoor
from application.realtime.connections import Connections
from application.realtime.handlers import Door
from application.realtime.packets import TolerantPacket
from application.realtime.publisher import RoomPublisher
from application.rest import api, auth, run, sessions, site
from application.rest import problems as problem_routes
from application.rest import users as user_routes
from application.signing_key import signing_key
from application.users.service import Users
from application.users.tokens import Tokens

HTTP_BODY_BYTES = 256 * 1024
SOCKET_PACKET_BYTES = 1024 * 1024
"""A request may be refused for its size only after it has been read; a packet beyond this ends the connection."""


def make_judge(settings: Settings) -> Judge:
    """The judge that the settings ask for: this machine, or an engine elsewhere."""
    if settings.judge_url:
        return Judge.elsewhere(GoJudge(settings.judge_url, settings.judge_token), settings.languages)
    return Judge.at(settings.data_folder / "sandbox", settings.judge_slots, settings.languages)


@dataclass(frozen=True)
class Codemaze:
    """The running parts of one server, for whoever starts, stops or tests it."""

    settings: Settings
    socketio: SocketIO
    users: Users
    tokens: Tokens
    problems: Problems
    matches: Matches
    reader: MatchReader
    deadlines: Deadlines
    timekeeper: Timekeeper
    queue: LocalJudgeQueue | None
    judge: Judge
    connections: Connections
    publisher: RoomPublisher
    classic: ClassicRooms | None


def build(
    settings: Settings, judge: Judge, *, clock: Clock = utc_now, choose: Chooser | None = None
) -> tuple[Flask, Codemaze]:
    """The whole server, not yet running."""
    app = _flask(settings)
    socketio = _socketio(app, settings)
    connections = Connections()
    publisher = RoomPublisher(connections, lambda sid, event, body: socketio.emit(event, body, to=sid))
    users, tokens = Users(), Tokens(clock)
    problems = Problems(judge.languages, judge.installed, choose or random.choice)
    rules = MatchRules(
        settings.countdown_seconds,
        settings.round_seconds,
        settings.grace_seconds,
        settings.absence_seconds,
        settings.lobby_widen_seconds,
    )
    referee = Referee(users, problems, rules)
    deadlines = Deadlines(referee, publisher, connections, clock)

    def on_judged(submission_id: int, judgement: Judgement) -> None:
        with app.app_context():
            matches.record_judgement(submission_id, judgement)

    queue = LocalJudgeQueue(judge.grader, settings.judge_slots, on_judged) if judge.grader else None
    matches = Matches(
        referee,
        problems,
        queue,
        publisher,
        connections,
        clock,
        wake=lambda: timekeeper.wake(),
        rate=Rate(settings.submit_rate),
    )

    def every_second() -> None:
        matches.pair_waiting()
        matches.judge_pending()
        deadlines.forget_receipts()
        if classic_door:
            classic_door.keep_seen()

    timekeeper = Timekeeper(deadlines, every_second)
    reader = MatchReader(referee, problems)
    runs = TrialRuns(reader, problems, judge.grader, max(1, settings.judge_slots // 2), Rate(settings.run_rate))
    classic = ClassicRooms(referee, users, clock) if settings.classic_client else None
    classic_door = ClassicDoor(socketio, classic) if classic else None
    Door(socketio, tokens, matches, reader, runs, connections, publisher, classic_door).open()
    scripts = Scripts(judge.grader, max(1, settings.judge_slots // 2)) if classic else None
    _routes(app, judge, users, tokens, problems, reader, connections, queue, classic, scripts)
    codemaze = Codemaze(
        settings,
        socketio,
        users,
        tokens,
        problems,
        matches,
        reader,
        deadlines,
        timekeeper,
        queue,
        judge,
        connections,
        publisher,
        classic,
    )
    app.extensions["codemaze"] = codemaze
    return app, codemaze


def _flask(settings: Settings) -> Flask:
    app = Flask("application")
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url or "postgresql+psycopg2:///codemaze",
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_size": 20,
            "max_overflow": 20,
            "pool_timeout": 20,
            "pool_pre_ping": True,
            "hide_parameters": True,  # code and password hashes have no business in a log
        },
        JWT_SECRET_KEY=settings.jwt_secret_key or signing_key(settings.data_folder / "signing_key"),
        JWT_ACCESS_TOKEN_EXPIRES=timedelta(hours=settings.token_hours),
        MAX_CONTENT_LENGTH=HTTP_BODY_BYTES,
        LOGIN_RATE=settings.login_rate,
        REGISTER_RATE=settings.register_rate,
        CLASSIC_RUN_RATE=settings.classic_run_rate,
        RATELIMIT_STORAGE_URI="memory://",
        RESTX_ERROR_404_HELP=False,
        RESTX_MASK_SWAGGER=False,
        SWAGGER_UI_DOC_EXPANSION="list",
        SWAGGER_UI_REQUEST_DURATION=True,
        PROPAGATE_EXCEPTIONS=False,
    )
    db.init_app(app)
    migrate.init_app(app, db, directory=str(PROJECT / "migrations"))
    jwt.init_app(app)
    limiter.init_app(app)
    CORS(app, origins=list(settings.cors_origins), expose_headers=["X-Total-Count", "Location", "Retry-After"])
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, hops, hops, hops)  # type: ignore[method-assign]
    return app


def _socketio(app: Flask, settings: Settings) -> SocketIO:
    def may_connect(origin: str | None, environ: Mapping[str, Any]) -> bool:
        """Pages of our own address, and those that CORS_ORIGINS names."""
        try:
            own = origin is not None and urlsplit(origin).netloc == environ.get("HTTP_HOST")
        except ValueError:  # no URL at all
            own = False
        return own or "*" in settings.cors_origins or origin in settings.cors_origins

    socketio = SocketIO(
        app,
        async_mode="gevent",
        serializer=TolerantPacket,
        cors_allowed_origins=may_connect,
        max_http_buffer_size=SOCKET_PACKET_BYTES,
        manage_session=False,
        logger=False,
        engineio_logger=False,
    )
    frames.guard(app, socketio.server.eio)
    return socketio


def _routes(
    app: Flask,
    judge: Judge,
    users: Users,
    tokens: Tokens,
    problems: Problems,
    reader: MatchReader,
    connections: Connections,
    queue: LocalJudgeQueue | None,
    classic: ClassicRooms | None,
    scripts: Scripts | None,
) -> None:
    def database() -> str | None:
        try:
            db.session.execute(text("SELECT 1"))
        except Exception as error:
            db.session.rollback()
            return str(error).splitlines()[0]
        return None

    def sandbox() -> str | None:
        return None if judge.self_test.ok else "; ".join(judge.self_test.problems)

    def some_problem() -> str | None:
        try:
            return None if problems.count_in_play() else "no problem is in play yet"
        except Exception:
            db.session.rollback()
            return "unknown, as the database is away"

    def numbers() -> dict[str, int]:
        live, playable = count_live(), problems.count_in_play()
        return {"players": connections.count_users(), "matches": live, "problems": playable}

    checks = {"database": database, "sandbox": sandbox, "problems": some_problem}
    app.register_blueprint(site.blueprint(asyncapi.document(), checks, numbers, _metrics(app, connections, queue)))
    namespaces = [
        auth.namespace(users, tokens),
        user_routes.namespace(users, tokens, reader),
        problem_routes.namespace(problems, users, tokens),
        problem_routes.languages_namespace(problems),
        sessions.namespace(tokens, reader, classic),
    ]
    if scripts:
        namespaces.append(run.namespace(scripts))
    api.mount(app, namespaces)


def _metrics(app: Flask, connections: Connections, queue: LocalJudgeQueue | None) -> CollectorRegistry:
    def live() -> float:
        with app.app_context():
            return count_live()

    registry = CollectorRegistry()
    for name, meaning, value in (
        ("codemaze_connections", "Open Socket.IO connections", connections.count),
        ("codemaze_players", "Users with a connection", connections.count_users),
        ("codemaze_matches_live", "Matches that are not finished", live),
        ("codemaze_judge_waiting", "Submissions waiting for a judge", lambda: queue.depth if queue else 0),
    ):
        Gauge(name, meaning, registry=registry).set_function(value)
    return registry
