"""Commands that are sent twice are carried out once: the receipt keeps the first answer.

A receipt is written before its command is carried out, in the same transaction: a second command of the same id waits
on it until the first one commits, and carries nothing out. A command that was refused leaves no receipt, for it changed
nothing.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from application.journal.errors import ClientIdReused
from application.journal.transaction import Transaction

Json = dict[str, Any]
Key = tuple[int, str]
"""A user's id, and the ``client_id`` of one of their commands."""


def once(
    asked: Transaction, user_id: int, client_id: str | None, request: str, at: datetime, answer: Callable[[], Json]
) -> Json:
    """The answer of ``answer()``, or the one it gave before to this user's command of the same ``client_id``. Raises
    ClientIdReused when the id belongs to another kind of request."""
    if client_id is None:
        return answer()
    key = (user_id, client_id)
    kept = begin(asked, [key], request, at).get(key)
    if isinstance(kept, ClientIdReused):
        raise kept
    if kept is not None:
        return kept
    given = answer()
    keep(asked, key, given)
    return given


def begin(asked: Transaction, keys: Sequence[Key], request: str, at: datetime) -> dict[Key, Json | ClientIdReused]:
    """Write the receipts of these commands, each named once. Returns the answers for those that were carried out
    before, or that use the id of another kind of request."""
    values = [value for user_id, client_id in keys for value in (user_id, client_id, request, at)]
    new = {(row[0], row[1]) for row in asked.read(_NEW.format(rows=_rows("(%s, %s, %s, %s)", keys)), values)}
    known = [key for key in keys if key not in new]
    if not known:
        return {}
    rows = asked.read(_KEPT.format(keys=_rows("(%s, %s)", known)), [value for key in known for value in key])
    return {
        (user_id, client_id): dict(answer or {}) if kept_for == request else ClientIdReused()
        for user_id, client_id, kept_for, answer in rows
    }


def keep(written: Transaction, key: Key, answer: Json) -> None:
    """Keep the answer of a command that has begun."""
    written.write(_ANSWER, (json.dumps(answer), *key))


def forget(written: Transaction, key: Key) -> None:
    """A command that has begun was refused; other commands share its transaction."""
    written.write("DELETE FROM receipts WHERE user_id = %s AND client_id = %s", key)


def _rows(row: str, keys: Sequence[Key]) -> str:
    return ", ".join([row] * len(keys))


_NEW = """
    INSERT INTO receipts (user_id, client_id, request, at) VALUES {rows}
    ON CONFLICT DO NOTHING RETURNING user_id, client_id"""
_KEPT = "SELECT user_id, client_id, request, answer FROM receipts WHERE (user_id, client_id) IN ({keys})"
_ANSWER = "UPDATE receipts SET answer = %s WHERE user_id = %s AND client_id = %s"
