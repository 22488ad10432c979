"""What a player writes in a match: their editor's content after a refresh."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from application.base.database import db
from application.journal.transaction import Transaction
from application.matches.models import SavedCode
from application.matches.rules.views import NOTHING_WRITTEN

Json = dict[str, Any]


def keep_code(written: Transaction, match_id: int, user_id: int, language: str, code: str, at: datetime) -> None:
    """This is what the player has in their editor now."""
    drafts = json.dumps({language: code})
    written.write(_KEEP, (match_id, user_id, language, code, drafts, at))


def kept_code(match_id: int, user_id: int) -> Json:
    """What the user submitted or saved in this match, as ``rules.views.view`` takes it."""
    row = db.session.get(SavedCode, (match_id, user_id), populate_existing=True)
    if row is None:
        return NOTHING_WRITTEN
    # The last one counts also where a process of an older version wrote it, which knows no drafts.
    return {"drafts": row.drafts | {row.language: row.code}, "last_code": {"language": row.language, "code": row.code}}


_KEEP = """
    INSERT INTO saved_codes AS kept (match_id, user_id, language, code, drafts, saved_at)
    VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (match_id, user_id) DO UPDATE SET
    language = excluded.language, code = excluded.code, saved_at = excluded.saved_at,
    drafts = kept.drafts || excluded.drafts"""
