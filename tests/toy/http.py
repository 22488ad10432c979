"""``/applause``."""

from __future__ import annotations

from typing import Any

from flask_restx import Namespace, Resource, fields

from application.web.api import documented, fails
from application.web.validation import Routes
from tests.toy.service import Clapping


def namespace(clapping: Clapping) -> Namespace:
    """The route."""
    ns = documented(Routes("applause", path="/applause"))
    heard = ns.model("Applause", {"claps": fields.Integer(example=3)})

    @ns.route("")
    class Heard(Resource):
        @ns.response(200, "All that was heard", heard)
        @fails(ns)
        def get(self) -> dict[str, Any]:
            """How much applause there was."""
            return {"claps": clapping.count()}

    return ns
