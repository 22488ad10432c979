"""``/asyncapi.json``: the Socket.IO protocol for machines, made from the models that the server itself uses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from application.base.version import VERSION
from application.realtime.requests import Refusal, Row

Json = dict[str, Any]
_REFS = "#/components/schemas/{model}"


def document(rows: Sequence[Row], told: Mapping[str, type[BaseModel]]) -> Json:
    """The protocol as an AsyncAPI 3.0 document: what may be asked, and what clients are ``told``, by name. An
    acknowledgement is the ``reply`` of its request."""
    models: list[type[BaseModel]] = [Refusal, *told.values()]
    for row in rows:
        models += [row.payload, row.acknowledgement]
    unique = dict.fromkeys(models)
    _, schemas = models_json_schema([(model, "validation") for model in unique], ref_template=_REFS)
    messages = {name: _message(name, model) for name, model in told.items()}
    operations: Json = {
        f"receive_{name}": {"action": "send", "channel": _channel(), "messages": [_in_channel(name)]} for name in told
    }
    for row in rows:
        name, asked, acknowledged = row.name, row.payload, row.acknowledgement
        messages[name] = _message(name, asked)
        messages[f"{name}_ack"] = {
            "name": f"{name} acknowledgement",
            "payload": {"oneOf": [_schema(acknowledged), _schema(Refusal)]},
        }
        operations[name] = {
            "action": "receive",
            "channel": _channel(),
            "messages": [_in_channel(name)],
            "reply": {"channel": _channel(), "messages": [_in_channel(f"{name}_ack")]},
        }
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Codemaze over Socket.IO",
            "version": VERSION,
            "description": "Connect with io(url, {auth: {token}}); the token is the access_token of POST /auth/login.",
        },
        "channels": {"socket": {"address": "/socket.io", "messages": messages}},
        "operations": operations,
        "components": {"schemas": schemas["$defs"]},
    }


def _message(name: str, model: type[BaseModel]) -> Json:
    return {"name": name, "summary": " ".join((model.__doc__ or "").split()), "payload": _schema(model)}


def _schema(model: type[BaseModel]) -> Json:
    return {"$ref": _REFS.format(model=model.__name__)}


def _channel() -> Json:
    return {"$ref": "#/channels/socket"}


def _in_channel(name: str) -> Json:
    return {"$ref": f"#/channels/socket/messages/{name}"}
