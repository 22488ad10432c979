"""How ranks are shown over HTTP."""

from __future__ import annotations

from flask_restx import Model, Namespace, fields

from application.web.nullable import NullableInteger


def rank_model(ns: Namespace) -> Model:
    """The form of a rank."""
    return ns.model(
        "Rank",
        {
            "id": fields.Integer(example=2),
            "name": fields.String(example="Silver"),
            "min_xp": fields.Integer(example=251),
            "max_xp": NullableInteger(example=500),
        },
    )
