"""Commands that are sent twice are carried out once: the receipt keeps the first answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from application.base.database import db
from application.base.errors import ClientIdReused
from application.matches.models import Receipt

Json = dict[str, Any]


def once(user_id: int, client_id: str | None, request: str, at: datetime, answer: Callable[[], Json]) -> Json:
    """The answer of ``answer()``, or the one it gave before to this user's command of the same ``client_id``.

    Runs within the caller's transaction. The receipt is written first: a second command of the same id waits on it
    until the first one commits, and carries nothing out. A command that was refused leaves no receipt, for it changed
    nothing. Raises ClientIdReused when the id belongs to another kind of request.
    """
    if client_id is None:
        return answer()
    receipt = {"user_id": user_id, "client_id": client_id, "request": request, "at": at}
    new = insert(Receipt).values(receipt).on_conflict_do_nothing().returning(Receipt.user_id)
    if db.session.scalar(new) is None:
        kept = db.session.execute(
            select(Receipt.request, Receipt.answer).where(Receipt.user_id == user_id, Receipt.client_id == client_id)
        ).one()
        if kept.request != request:
            raise ClientIdReused
        return dict(kept.answer or {})
    given = answer()
    row = db.session.get_one(Receipt, (user_id, client_id))
    row.answer = given
    return given
