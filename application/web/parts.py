"""The parts of HTTP: Flask, Socket.IO on top of it, and at the end the routes of everybody."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask
from flask_socketio import SocketIO
from limits.storage import Storage

from application.base import database
from application.base.config import Settings
from application.base.rates import shared_storage
from application.realtime import asyncapi
from application.realtime.contribution import Contribution
from application.web import api, metrics, site
from application.web.app import enclose, make_flask, make_socketio


@dataclass(frozen=True)
class Web:
    """What everything is mounted on. ``storage`` is where rates are counted that several processes share, if any."""

    app: Flask
    socketio: SocketIO
    storage: Storage | None
    contribution: Contribution


def build(settings: Settings, secret: str) -> Web:
    """``secret`` signs access tokens."""
    app = make_flask(settings, secret)
    storage = shared_storage(settings.redis_url)
    socketio = make_socketio(app, settings, storage)
    enclose(app, settings)
    return Web(app, socketio, storage, Contribution(checks={"database": database.what_is_wrong}))


def mount(app: Flask, whole: Contribution) -> None:
    """Put on the app what all capabilities have for HTTP, and the pages that tell of all of them."""
    protocol, measured = asyncapi.document(whole.requests, whole.told), metrics.registry(whole.gauges)
    app.register_blueprint(site.blueprint(protocol, whole.checks, whole.numbers, measured))
    api.mount(app, whole.namespaces)
