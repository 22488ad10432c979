"""Every connection gets every event once and in order, in whatever order publications and resumes happen."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.base.identity import Identity
from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.timeline import Timeline
from application.realtime.connections import Connection, Connections
from application.realtime.feed import Feed
from application.rooms.rules import events as r
from tests.factories import ROOM, START, Game

PROBLEMS: dict[int, dict[str, Any]] = {101: {"id": 101}}


def journals() -> list[Timeline]:
    """A whole match, as it stood after each of its events; index n has version n."""
    game = Game.playing()
    for submission, user in ((11, 1), (12, 2)):
        game.submit(user, submission, 10 + submission)
        game.judge(submission, "wrong_answer", 10.5 + submission)
    game.do(c.Resign(1), 60)
    entries = tuple(game.journal)
    return [Timeline(7, ROOM, entries[:length], PROBLEMS, {}) for length in range(len(entries) + 1)]


JOURNALS = journals()
LAST = len(JOURNALS) - 1


def more(journal: Timeline, *events: r.RoomEvent) -> Timeline:
    """The journal after more events of its room."""
    entries = [e.Recorded(journal.version + number, START, event) for number, event in enumerate(events, 1)]
    return journal.grown(entries, {}, {})


class Wire:
    """A publisher with its connections, and what it sent."""

    def __init__(self, *users: int) -> None:
        self.connections = Connections()
        self.sent: dict[str, list[int]] = defaultdict(list)
        self.feed: Feed[Timeline] = Feed(self.connections, self.hear)
        for number, user in enumerate(users):
            self.connections.add(Connection(f"s{number}", Identity(user, f"t{number}", START)))
        self.feed.open(JOURNALS[1])

    def hear(self, sids: Sequence[str], _event: str, body: dict[str, Any]) -> None:
        """Something was sent to these connections."""
        for sid in sids:
            self.sent[sid].append(body["version"])


def test_a_match_that_runs_on_before_its_beginning_is_published_is_brought_whole() -> None:
    wire = Wire(1, 2)
    wire.feed.publish(JOURNALS[3])
    wire.feed.publish(JOURNALS[1])
    assert wire.sent == {"s0": [1, 2, 3], "s1": [1, 2, 3]}


def test_it_is_known_who_follows_a_room() -> None:
    wire = Wire(1, 1, 2, 3)
    assert wire.feed.following(ROOM) == {"s0": 1, "s1": 1, "s2": 2}
    wire.feed.unfollow(ROOM, "s0")
    assert wire.feed.following(ROOM) == {"s1": 1, "s2": 2}
    assert wire.feed.following("ZZZZZZ") == {}


def test_a_new_match_is_brought_to_every_connection_of_its_players_and_to_nobody_else() -> None:
    wire = Wire(1, 1, 2, 3)
    wire.feed.publish(JOURNALS[1])
    assert wire.sent == {"s0": [1], "s1": [1], "s2": [1]}


@given(st.lists(st.integers(2, LAST), max_size=12))
def test_publications_in_any_order_reach_each_connection_once_and_in_order(order: list[int]) -> None:
    wire = Wire(1, 2)
    for version in [1, *order]:
        wire.feed.publish(JOURNALS[version])
    seen = max([1, *order[: order.index(LAST) + 1 if LAST in order else None]])
    assert wire.sent["s0"] == wire.sent["s1"] == list(range(1, seen + 1))


@given(st.integers(3, LAST - 1), st.data())
def test_who_resumes_gets_what_comes_after_and_nothing_twice(read: int, data: st.DataObject) -> None:
    wire = Wire(1, 2)
    wire.feed.publish(JOURNALS[1])
    wire.feed.publish(JOURNALS[data.draw(st.integers(1, LAST - 1))])
    wire.connections.add(Connection("new", Identity(1, "t", START)))
    wire.feed.follow(JOURNALS[read], "new", 1)
    wire.feed.follow(JOURNALS[read], "new", 1)
    for version in range(2, LAST + 1):
        wire.feed.publish(JOURNALS[version])
    assert wire.sent["new"] == list(range(read + 1, LAST + 1))


def test_what_is_published_while_a_resume_is_read_comes_after_it() -> None:
    wire = Wire()
    with wire.feed.resuming(ROOM, "new", 1):
        read = JOURNALS[3]
        wire.feed.publish(JOURNALS[5])
        assert wire.sent == {}
        wire.feed.follow(read, "new", 1)
    assert wire.sent == {"new": [4, 5]}


def test_a_resume_that_fails_leaves_things_as_they_were() -> None:
    wire = Wire(1)
    for sid in ("s0", "stranger"):
        with pytest.raises(ZeroDivisionError), wire.feed.resuming(ROOM, sid, 1):
            raise ZeroDivisionError
    wire.feed.publish(JOURNALS[2])
    assert wire.sent == {"s0": [1, 2]}


def test_who_leaves_or_ends_gets_nothing_more() -> None:
    wire = Wire(1, 2, 2)
    wire.feed.publish(JOURNALS[1])
    wire.feed.unfollow(ROOM, "s1")
    wire.connections.remove("s2")
    wire.feed.forget("s2")
    wire.feed.publish(JOURNALS[LAST])
    assert wire.sent == {"s0": list(range(1, LAST + 1)), "s1": [1], "s2": [1]}


def test_a_room_is_followed_on_after_its_match_until_it_is_closed() -> None:
    wire = Wire(1, 2)
    for version in (1, LAST):
        wire.feed.publish(JOURNALS[version])
    offered, closed = (
        more(JOURNALS[LAST], r.RematchOffered(2)),
        more(JOURNALS[LAST], r.RematchOffered(2), r.RoomClosed()),
    )
    wire.feed.publish(offered)
    assert wire.sent["s0"] == wire.sent["s1"] == list(range(1, LAST + 2))
    wire.feed.publish(closed)
    assert wire.sent["s0"] == wire.sent["s1"] == list(range(1, LAST + 3))
    wire.feed.follow(closed, "s0", 1)
    assert not wire.feed.rooms()


def test_who_has_left_is_told_so_and_nothing_after_it() -> None:
    wire = Wire(1, 1, 2)
    wire.feed.publish(JOURNALS[LAST])
    left = more(JOURNALS[LAST], r.MemberLeft(1, "left"), r.HostChanged(2))
    wire.feed.publish(left)
    assert wire.sent["s0"] == wire.sent["s1"] == list(range(1, LAST + 2))
    assert wire.sent["s2"] == list(range(1, LAST + 3))
    assert set(wire.feed.following(ROOM)) == {"s2"}


def test_who_has_left_and_looks_on_since_stays() -> None:
    wire = Wire(2)
    wire.feed.publish(JOURNALS[LAST])
    left = more(JOURNALS[LAST], r.MemberLeft(1, "left"))
    wire.feed.follow(left, "again", 1)
    wire.feed.publish(more(JOURNALS[LAST], r.MemberLeft(1, "left"), r.HostChanged(2)))
    assert wire.sent["again"] == [LAST + 2]
    assert "again" in wire.feed.following(ROOM)


def test_a_match_elsewhere_ends_following_a_room_whose_match_is_over() -> None:
    wire = Wire(1, 2)
    wire.feed.publish(JOURNALS[LAST])
    (found,) = Game().journal
    assert isinstance(found.event, e.MatchFound)
    elsewhere = replace(found, event=replace(found.event, session_id=8, room="ELSEWH"))
    wire.feed.open(Timeline(8, "ELSEWH", (elsewhere,), PROBLEMS, {}))
    assert wire.feed.rooms() == ["ELSEWH"]


def test_connections_are_found_by_user_and_by_token() -> None:
    connections = Wire(1, 1, 2).connections
    assert [found.sid for found in connections.of_user(1)] == ["s0", "s1"]
    assert [found.sid for found in connections.of_token("t1")] == ["s1"]
    assert (connections.count(), connections.count_users()) == (3, 2)
    assert connections.remove("s2") is not None
    assert connections.remove("s2") is None
    assert not connections.is_online(2)
