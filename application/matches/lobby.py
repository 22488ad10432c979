"""Players waiting for an opponent, and who is paired with whom."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence, Set
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, exists, func, select, update
from sqlalchemy.dialects.postgresql import insert

from application.accounts.models import User
from application.base.database import db
from application.base.measures import LOBBY
from application.matches.models import LobbyEntry, MatchPlayer
from application.ratings.ranks import RANKS, rank_of

ABSENT_SECONDS = 30
"""A waiting player who has had no connection for this long has gone away."""

PAIRS_AT_ONCE = 10
"""How many pairs one transaction takes: while it opens their matches, no other pairs anybody."""

_PAIRING_LOCK = 0x636D_7061
"""Key of the PostgreSQL advisory lock that makes pairings take turns, over all processes."""


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


def join(user_id: int, now: datetime) -> None:
    """Let the user wait; who waits already keeps their place."""
    row = {"user_id": user_id, "joined_at": now, "absent_since": None}
    again = insert(LobbyEntry).values(row)
    db.session.execute(again.on_conflict_do_update(index_elements=["user_id"], set_={"absent_since": None}))


def leave(user_ids: Sequence[int]) -> None:
    """Take the users out of the lobby."""
    db.session.execute(delete(LobbyEntry).where(LobbyEntry.user_id.in_(user_ids)))


def is_waiting(user_id: int) -> bool:
    """Whether the user is in the lobby."""
    return bool(db.session.scalar(select(exists().where(LobbyEntry.user_id == user_id))))


def mark_present(user_id: int) -> None:
    """The user has a connection again."""
    db.session.execute(update(LobbyEntry).where(LobbyEntry.user_id == user_id).values(absent_since=None))


def take_pairs(now: datetime, widen_seconds: float, silent: Set[int] = frozenset()) -> list[tuple[int, int]]:
    """Decide who plays whom now, PAIRS_AT_ONCE pairs at most, and take them out of the lobby, within the caller's
    transaction. Nobody meets those who are ``silent``: connected, but not heard of.

    Entries that another transaction holds (somebody is just cancelling) are passed over, and with them their pair.
    """
    if not db.session.scalar(select(exists().where(LobbyEntry.absent_since.is_(None)))):
        return []
    db.session.execute(select(func.pg_advisory_xact_lock(_PAIRING_LOCK)))
    in_match = exists().where(MatchPlayer.user_id == LobbyEntry.user_id, MatchPlayer.live)
    rows = db.session.execute(
        select(LobbyEntry.user_id, LobbyEntry.joined_at, User.xp)
        .join(User, User.id == LobbyEntry.user_id)
        .where(LobbyEntry.absent_since.is_(None), ~in_match)
        .order_by(LobbyEntry.joined_at)
    )
    waiting = [Waiting(row.user_id, rank_of(row.xp).id, row.joined_at) for row in rows if row.user_id not in silent]
    chosen = choose_pairs(waiting, now, widen_seconds)[:PAIRS_AT_ONCE]
    # Only theirs are locked: thousands may be waiting, and a lock on a row is written to its page.
    held = set(
        db.session.scalars(
            select(LobbyEntry.user_id)
            .where(LobbyEntry.user_id.in_([user_id for pair in chosen for user_id in pair]))
            .where(LobbyEntry.absent_since.is_(None))
            .with_for_update(skip_locked=True)
        )
    )
    pairs = [pair for pair in chosen if held.issuperset(pair)]
    since = {entry.user_id: entry.joined_at for entry in waiting}
    for user_id in (user_id for pair in pairs for user_id in pair):
        LOBBY.observe((now - since[user_id]).total_seconds())
    leave([user_id for pair in pairs for user_id in pair])
    return pairs


def forget_absent(now: datetime) -> None:
    """Drop those who have been away for too long, and those who are in a match anyway."""
    in_match = exists().where(MatchPlayer.user_id == LobbyEntry.user_id, MatchPlayer.live)
    long_ago = now - timedelta(seconds=ABSENT_SECONDS)
    db.session.execute(delete(LobbyEntry).where((LobbyEntry.absent_since < long_ago) | in_match))


def count_waiting() -> int:
    """How many players are waiting with a connection."""
    return db.session.scalar(select(func.count()).where(LobbyEntry.absent_since.is_(None))) or 0
