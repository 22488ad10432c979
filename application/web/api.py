"""The HTTP door as a whole: one restx API with its namespaces, Swagger UI at ``/docs``, and one way to fail."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request
from flask_restx import Api, Namespace, Resource, fields
from flask_restx.swagger import Swagger

from application.base.version import VERSION
from application.web import errors, pages
from application.web.request import BoundedJson, read_whole_body

DESCRIPTION = """Live coding duels: two players, one problem, the first correct solution wins.

Register, log in, and paste the `access_token` into **Authorize**. Matches are played over Socket.IO:
see [the protocol](protocol) and [asyncapi.json](asyncapi.json)."""


class SharedPaths(Swagger):
    """Swagger's document of an API in which several resources may share a path, each with methods of its own."""

    def __init__(self, api: Api) -> None:
        super().__init__(api)
        self._shown: dict[str, dict[str, Any]] = {}

    def extract_tags(self, api: Api) -> list[dict[str, Any]]:
        """One tag of each name, as several namespaces may share one."""
        tags: dict[str, dict[str, Any]] = {}
        for tag in super().extract_tags(api):
            tags.setdefault(tag["name"], tag)
        return list(tags.values())

    def serialize_resource(self, ns: Namespace, resource: type[Resource], url: str, **given: Any) -> dict[str, Any]:
        """All that is known of the path so far; restx itself would keep of each path what it sees last."""
        shown = self._shown.setdefault(url, {})
        shown.update(super().serialize_resource(ns, resource, url, **given))
        return shown


class JsonApi(Api):
    """A restx API whose every failure has the one shape."""

    _schema: dict[str, Any] | None

    def error_router(self, original_handler: Callable[[Exception], Any], error: Exception) -> Any:
        """Leave every failure to the app, whose answers are ours. To find out whether an address is one of its own,
        restx would match it once more, which raises what nobody catches when the address is one to redirect from."""
        return original_handler(error)

    @property
    def __schema__(self) -> dict[str, Any]:
        """The document of the API. It is made once; the path that it is served under is the request's."""
        if self._schema is None:
            self._schema = SharedPaths(self).as_dict()
        return {**self._schema, "basePath": request.script_root or "/"}


def mount(app: Flask, namespaces: Iterable[Namespace]) -> JsonApi:
    """Put the namespaces on the app, and the same failure answers on everything outside them."""
    api = JsonApi(
        title="Codemaze",
        version=VERSION,
        description=DESCRIPTION,
        doc="/docs",
        validate=True,
        authorizations={
            "Bearer": {
                "type": "apiKey",
                "in": "header",
                "name": "Authorization",
                "description": "The access_token of a login, with or without the word Bearer before it.",
            }
        },
    )
    api.documentation(lambda: pages.page("docs.html", {"title": api.title, "specs_url": api.specs_url}, scripts=True))
    for namespace in namespaces:
        api.add_namespace(namespace)
    api.init_app(app)
    app.json = BoundedJson(app)
    app.before_request(read_whole_body)
    app.register_error_handler(Exception, errors.answer)
    return api


def documented(namespace: Namespace) -> Namespace:
    """Give the namespace the model of a failure, and document on it what every route may answer."""
    failure = namespace.model(
        "Failure",
        {
            "status": fields.String(example="fail"),
            "code": fields.String(example="invalid_request", description="Stable, for programs."),
            "message": fields.String(example="The request is not well formed."),
            "error": fields.String(description="The message again."),
            "fields": fields.Raw(description="What is wrong, field by field.", example={"limit": "must be ..."}),
        },
    )
    namespace.failure = failure
    return namespace


_MEANINGS = {
    400: "Not well formed",
    401: "A valid token is needed",
    403: "Not allowed",
    404: "Not found",
    409: "Conflicts with what is",
    413: "Larger than 256 KiB",
    415: "Not JSON",
    422: "Well formed, but impossible",
    429: "Too many requests; see Retry-After",
    500: "Unexpected; the answer has an error_id",
    502: "The model gave no usable answer",
    503: "Not available here and now",
    504: "The model took too long",
}


def fails(namespace: Namespace, *statuses: int):  # type: ignore[no-untyped-def]
    """Document that a route may fail with these statuses, beside those that every route may."""

    def decorate(route: type[Resource]) -> type[Resource]:
        for status in sorted({*statuses, 500, 503}):
            route = namespace.response(status, _MEANINGS[status], namespace.failure)(route)
        return route

    return decorate
