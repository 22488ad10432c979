"""Commands that are sent twice are carried out once: the receipt keeps the first answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from application.journal.errors import ClientIdReused
from application.journal.transaction import Transaction

Json = dict[str, Any]


def once(
    asked: Transaction, user_id: int, client_id: str | None, request: str, at: datetime, answer: Callable[[], Json]
) -> Json:
    """The answer of ``answer()``, or the one it gave before to this user's command of the same ``client_id``.

    The receipt is written first: a second command of the same id waits on it until the first one commits, and carries
    nothing out. A command that was refused leaves no receipt, for it changed nothing. Raises ClientIdReused when the id
    belongs to another kind of request.
    """
    if client_id is None:
        return answer()
    if not asked.read(_NEW, (user_id, client_id, request, at)):
        ((kept_for, kept),) = asked.read(_KEPT, (user_id, client_id))
        if kept_for != request:
            raise ClientIdReused
        return dict(kept or {})
    given = answer()
    asked.write(_ANSWER, (json.dumps(given), user_id, client_id))
    return given


_NEW = """
    INSERT INTO receipts (user_id, client_id, request, at) VALUES (%s, %s, %s, %s)
    ON CONFLICT DO NOTHING RETURNING user_id"""
_KEPT = "SELECT request, answer FROM receipts WHERE user_id = %s AND client_id = %s"
_ANSWER = "UPDATE receipts SET answer = %s WHERE user_id = %s AND client_id = %s"
