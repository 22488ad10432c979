"""The web application that everything is mounted on: Flask with its extensions, and the Socket.IO server."""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import structlog
from flask import Flask, Response, g, request
from flask_compress import Compress
from flask_cors import CORS
from flask_socketio import SocketIO
from limits.storage import Storage
from structlog.contextvars import bind_contextvars, clear_contextvars
from werkzeug.middleware.proxy_fix import ProxyFix

from application.base.config import PROJECT, Settings
from application.base.database import db, jwt, limiter, migrate
from application.base.measures import HTTP
from application.base.rates import Rate
from application.realtime import frames
from application.realtime.gate import Gate
from application.realtime.packets import TolerantPacket
from application.web.failure import Application, Environment, OneForm

MAX_HTTP_BODY_BYTES = 256 * 1024
MAX_SOCKET_PACKET_BYTES = 1024 * 1024
"""A request may be refused for its size only after it has been read; a packet beyond this ends the connection."""

PREFLIGHT_SECONDS = 7200
"""How long a browser may remember what a page may ask; browsers cap it themselves."""

_PREFIX = re.compile(r"(?:/[A-Za-z0-9_~.-]+)+")
_REQUEST_ID = re.compile(r"[\w-]{1,64}")

log = structlog.get_logger()


def make_flask(settings: Settings, secret: str) -> Flask:
    """The Flask application with its extensions, without routes. ``secret`` signs access tokens."""
    app = Flask("application")
    app.url_map.merge_slashes = False  # an address is written in one way; there is nothing to redirect to
    app.config.update(
        SQLALCHEMY_DATABASE_URI=settings.database_url or "postgresql+psycopg2:///codemaze",
        SQLALCHEMY_ENGINE_OPTIONS={
            "pool_size": 40,
            "max_overflow": 0,  # such connections are closed as soon as they are given back
            "pool_timeout": 20,
            "hide_parameters": True,  # code and password hashes have no business in a log
        },
        JWT_SECRET_KEY=secret,
        JWT_ACCESS_TOKEN_EXPIRES=timedelta(hours=settings.token_hours),
        MAX_CONTENT_LENGTH=MAX_HTTP_BODY_BYTES,
        LOGIN_RATE=settings.login_rate,
        REGISTER_RATE=settings.register_rate,
        CLASSIC_RUN_RATE=settings.classic_run_rate,
        RATELIMIT_STORAGE_URI=settings.redis_url or "memory://",
        RATELIMIT_IN_MEMORY_FALLBACK_ENABLED=True,
        RATELIMIT_APPLICATION=settings.request_rate,
        RESTX_ERROR_404_HELP=False,
        RESTX_MASK_SWAGGER=False,
        COMPRESS_REGISTER=False,
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br"],
        COMPRESS_BR_LEVEL=4,
        COMPRESS_LEVEL=5,
        COMPRESS_MIN_SIZE=1024,
        PROPAGATE_EXCEPTIONS=False,
    )
    db.init_app(app)
    migrate.init_app(app, db, directory=str(PROJECT / "migrations"))
    jwt.init_app(app)
    limiter.init_app(app)
    CORS(
        app,
        origins=list(settings.cors_origins),
        expose_headers=["X-Total-Count", "Location", "Retry-After"],
        max_age=PREFLIGHT_SECONDS,
    )
    compress = Compress(app)

    def compressed(response: Response) -> Response:
        """An answer as short as the client can read. One with a token is not: its length would tell of the token."""
        return response if request.path.startswith("/auth/") else compress.after_request(response)

    app.before_request(_named)
    app.after_request(compressed)
    app.after_request(_counted)
    return app


def enclose(app: Flask, settings: Settings) -> None:
    """Put around everything that is mounted on the app, the engine of Socket.IO too, what each request goes through:
    who it comes from where proxies stand before us, the one form in which it may fail, and what browsers are told."""
    app.wsgi_app = OneForm(app.wsgi_app)  # type: ignore[method-assign,assignment]
    if settings.trusted_proxies:
        hops = settings.trusted_proxies
        app.wsgi_app = ProxyFix(OnePrefix(app.wsgi_app), hops, hops, hops, x_prefix=hops)  # type: ignore[method-assign]


class OnePrefix:
    """WSGI middleware behind ``ProxyFix``: a prefix that is no path, or is the way to another host, is none."""

    def __init__(self, application: Application) -> None:
        self._application = application

    def __call__(self, environment: Environment, start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Answer one request."""
        prefix = environment.get("SCRIPT_NAME", "").rstrip("/")
        environment["SCRIPT_NAME"] = prefix if _PREFIX.fullmatch(prefix) else ""
        return self._application(environment, start_response)


def make_socketio(app: Flask, settings: Settings, storage: Storage | None) -> SocketIO:
    """The Socket.IO server on top of it, without events."""

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
        max_http_buffer_size=MAX_SOCKET_PACKET_BYTES,
        manage_session=False,
        ping_interval=settings.ping_seconds,
        ping_timeout=settings.ping_timeout_seconds,
        logger=False,
        engineio_logger=False,
    )
    manager = socketio.server.manager
    gate = Gate(
        socketio.server.eio,
        lambda eio_sid: manager.sid_from_eio_sid(eio_sid, "/") is not None,
        Rate(settings.connect_rate, "connect", storage),
    )
    frames.guard(app, socketio.server.eio, gate)
    return socketio


def _named() -> None:
    """Whatever is logged while a request is answered carries its id; a proxy may have given it one."""
    given = request.headers.get("X-Request-Id", "")
    g.request_id = given if _REQUEST_ID.fullmatch(given) else secrets.token_hex(8)
    clear_contextvars()
    bind_contextvars(request_id=g.request_id)


def _counted(response: Response) -> Response:
    HTTP.labels(request.method, response.status_code).inc()
    request_id = g.get("request_id")
    if request_id:
        response.headers["X-Request-Id"] = request_id
    log.debug("http", method=request.method, path=request.path, status=response.status_code)
    return response
