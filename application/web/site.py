"""What is not about players: the front page, the protocol's description, health and metrics."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from flask import Blueprint, Response, jsonify, request
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from application.base.database import limiter
from application.base.version import VERSION
from application.realtime.contribution import Check
from application.web import pages

Json = dict[str, Any]


def blueprint(
    asyncapi: Json,
    checks: Mapping[str, Check],
    numbers: Mapping[str, Callable[[], int]],
    metrics: CollectorRegistry,
) -> Blueprint:
    """``/``, ``/protocol`` and its pages, ``/asyncapi.json``, ``/health/*`` and ``/metrics``.

    ``numbers`` count what the front page tells, such as the ``players`` who are connected.
    """
    site = Blueprint("site", __name__, template_folder="templates")

    @site.get("/")
    def front_page() -> Response:
        return pages.page("index.html", {name: count() for name, count in numbers.items()})

    @site.get("/protocol")
    def protocol() -> Response:
        return pages.protocol()

    @site.get("/protocol/<name>")
    def protocol_page(name: str) -> Response:
        return pages.protocol(name)

    @site.get("/asyncapi.json")
    def socket_protocol() -> Response:
        socket = asyncapi["channels"]["socket"]
        address = request.script_root + socket["address"]
        return jsonify(asyncapi | {"channels": {"socket": socket | {"address": address}}})

    @site.get("/health/live")
    @limiter.exempt
    def live() -> Response:
        return jsonify({"status": "ok", "version": VERSION})

    @site.get("/health")
    @site.get("/health/ready")
    @limiter.exempt
    def ready() -> tuple[Response, int]:
        found = {name: check() for name, check in checks.items()}
        failing = any(found.values())
        state = {name: {"ok": wrong is None, "message": wrong} for name, wrong in found.items()}
        status = "unavailable" if failing else "ok"
        return jsonify({"status": status, "version": VERSION, "checks": state}), 503 if failing else 200

    @site.get("/metrics")
    @limiter.exempt
    def prometheus() -> Response:
        return Response(generate_latest(metrics), content_type=CONTENT_TYPE_LATEST)

    return site
