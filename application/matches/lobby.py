"""Players waiting for an opponent, and who is paired with whom."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select

from application.base.database import AdvisoryLock, db
from application.base.measures import LOBBY
from application.journal.transaction import Transaction
from application.matches.models import LobbyEntry
from application.ratings.ranks import RANKS, rank_of

ABSENT_SECONDS = 30
"""A waiting player who has had no connection for this long has gone away."""

PAIRS_AT_ONCE = 250
"""How many pairs one transaction takes. While it opens their matches, no other transaction can pair anybody."""


@dataclass(frozen=True)
class Waiting:
    """One player in the lobby, as pairing sees them."""

    user_id: int
    rank_id: int
    joined_at: datetime


def choose_pairs(waiting: Sequence[Waiting], now: datetime, widen_seconds: float) -> list[tuple[int, int]]:
    """Pair the nearest ranks first, and among equals those who came first.

    Players ``d`` ranks apart may meet once one of them has waited ``d * widen_seconds``.
    """
    queues: dict[int, deque[Waiting]] = defaultdict(deque)
    for entry in sorted(waiting, key=lambda entry: (entry.joined_at, entry.user_id)):
        queues[entry.rank_id].append(entry)
    pairs: list[tuple[int, int]] = []
    for queue in queues.values():
        while len(queue) > 1:
            pairs.append((queue.popleft().user_id, queue.popleft().user_id))
    for distance in range(1, len(RANKS)):
        waited_enough = now - timedelta(seconds=distance * widen_seconds)
        for rank_id in sorted(queues):
            one, other = queues[rank_id], queues.get(rank_id + distance)
            if one and other and min(one[0].joined_at, other[0].joined_at) <= waited_enough:
                pairs.append((one.popleft().user_id, other.popleft().user_id))
    return pairs


def join(written: Transaction, user_ids: Sequence[int], now: datetime) -> None:
    """Let the users wait. Those who wait already keep their place."""
    written.write(_JOIN, (list(user_ids), now))


def leave(written: Transaction, user_ids: Sequence[int]) -> None:
    """Take the users out of the lobby."""
    written.write("DELETE FROM lobby_entries WHERE user_id = ANY(%s)", (list(user_ids),))


def mark_present(written: Transaction, user_id: int) -> None:
    """The user has a connection again."""
    written.write("UPDATE lobby_entries SET absent_since = NULL WHERE user_id = %s", (user_id,))


def take_turn(written: Transaction) -> None:
    """Let no other process pair anybody until this transaction ends. It comes before every other lock."""
    written.write("SELECT pg_advisory_xact_lock(%s)", (int(AdvisoryLock.PAIRING),))


def take_pairs(
    asked: Transaction, now: datetime, widen_seconds: float, silent: Set[int] = frozenset()
) -> list[tuple[int, int]]:
    """Decide who plays whom now, PAIRS_AT_ONCE pairs at most, and take them out of the lobby, within the caller's
    transaction, which has its turn. Users who are ``silent`` (connected, but not heard from) are not paired.

    Entries that another transaction holds (somebody is just cancelling) are passed over, and with them their pair.
    """
    rows = asked.read(_WAITING)
    waiting = [Waiting(user_id, rank_of(xp).id, joined_at) for user_id, joined_at, xp in rows if user_id not in silent]
    chosen = choose_pairs(waiting, now, widen_seconds)[:PAIRS_AT_ONCE]
    if not chosen:
        return []
    # Only theirs are locked: thousands may be waiting, and a lock on a row is written to its page.
    held = {row[0] for row in asked.read(_HOLD, ([user_id for pair in chosen for user_id in pair],))}
    pairs = [pair for pair in chosen if held.issuperset(pair)]
    since = {entry.user_id: entry.joined_at for entry in waiting}
    for user_id in (user_id for pair in pairs for user_id in pair):
        LOBBY.observe((now - since[user_id]).total_seconds())
    leave(asked, [user_id for pair in pairs for user_id in pair])
    return pairs


def offer_bots(written: Transaction, user_ids: Sequence[int], since: datetime) -> list[int]:
    """Those of the users who have waited since then, or longer, and have not been offered a bot; now they have."""
    return [row[0] for row in written.read(_OFFER, (list(user_ids), since))]


def forget_absent(written: Transaction, now: datetime) -> None:
    """Remove those who have been away for too long, and those who are in a match already."""
    written.write(_FORGET, (now - timedelta(seconds=ABSENT_SECONDS),))


def is_waiting(user_id: int) -> bool:
    """Whether the user is in the lobby."""
    return bool(db.session.scalar(select(exists().where(LobbyEntry.user_id == user_id))))


def count_waiting() -> int:
    """How many players are waiting with a connection."""
    return db.session.scalar(select(func.count()).where(LobbyEntry.absent_since.is_(None))) or 0


_JOIN = """
    INSERT INTO lobby_entries (user_id, joined_at) SELECT unnest(%s), %s
    ON CONFLICT (user_id) DO UPDATE SET absent_since = NULL"""
_IN_MATCH = "EXISTS (SELECT 1 FROM match_players p WHERE p.user_id = l.user_id AND p.live)"
_WAITING = f"""
    SELECT l.user_id, l.joined_at, u.xp FROM lobby_entries l JOIN users u ON u.id = l.user_id
    WHERE l.absent_since IS NULL AND NOT {_IN_MATCH} ORDER BY l.joined_at"""
_OFFER = """
    UPDATE lobby_entries SET bot_offered = true WHERE user_id IN (
        SELECT user_id FROM lobby_entries WHERE user_id = ANY(%s) AND NOT bot_offered AND absent_since IS NULL
        AND joined_at <= %s FOR UPDATE SKIP LOCKED)
    RETURNING user_id"""
_HOLD = """
    SELECT user_id FROM lobby_entries WHERE user_id = ANY(%s) AND absent_since IS NULL FOR UPDATE SKIP LOCKED"""
_FORGET = f"DELETE FROM lobby_entries l WHERE l.absent_since < %s OR {_IN_MATCH}"
