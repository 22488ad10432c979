"""The rules of a room: which events a command causes in it, or the named error why it causes none."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from typing import assert_never

from application.rooms import errors
from application.rooms.rules import commands as c
from application.rooms.rules import events as e
from application.rooms.rules.state import RoomState, evolve


@dataclass(frozen=True)
class Playing:
    """What of the room's last match matters to the room."""

    live: bool = False
    over: bool = False
    players: Set[int] = frozenset()
    """Who takes part, or took part."""


def decide(room: RoomState, playing: Playing, command: c.RoomCommand) -> tuple[e.RoomEvent, ...]:
    """The events that ``command`` causes, at least one; raises a CodemazeError otherwise."""
    if room.closed:
        raise errors.RoomClosed
    decision = _Decision(room, playing)
    match command:
        case c.OpenRoom():
            decision.open(command)
        case c.EnterRoom():
            decision.enter(command.member)
        case c.ChangeRoom():
            decision.change(command)
        case c.LeaveRoom():
            decision.leave(command.user_id, command.reason)
        case c.RemoveMember():
            decision.remove(command)
        case c.HandOver():
            decision.hand_over(command)
        case c.OfferRematch():
            decision.offer_rematch(command.user_id)
        case c.CloseRoom():
            decision.close()
        case _:
            assert_never(command)
    return tuple(decision.events)


def after_the_match(room: RoomState, away: dict[int, e.LeftBecause]) -> tuple[e.RoomEvent, ...]:
    """What the end of a match does to the room: who is ``away`` by then is no member any more. The room of a lobby duel
    stays as it is, for there is nobody else in it."""
    if not room.opened:
        return ()
    decision = _Decision(room, Playing(over=True))
    for user_id, reason in away.items():
        if decision.room.member(user_id):
            decision.leave(user_id, reason)
    return tuple(decision.events)


class _Decision:
    """One decision under way: each event that is found changes the room the next thought is based on."""

    def __init__(self, room: RoomState, playing: Playing) -> None:
        self.room, self.playing = room, playing
        self.events: list[e.RoomEvent] = []

    def add(self, event: e.RoomEvent) -> None:
        self.events.append(event)
        self.room = evolve(self.room, event)

    def open(self, command: c.OpenRoom) -> None:
        if self.room.opened or self.room.members:
            raise errors.NotInvited
        self.add(e.RoomOpened(command.settings, command.host.user_id, command.invited_id))
        self.add(e.MemberEntered(command.host))

    def enter(self, member: e.Member) -> None:
        if not self.room.opened or member.user_id in self.room.removed:
            raise errors.NotInvited
        known = self.room.member(member.user_id)
        if known is None and self.room.invited_id not in (None, member.user_id):
            raise errors.NotInvited
        if known and known.role == member.role:
            raise errors.NothingToDo
        unwatched = self.room.settings.spectators == "nobody" and member.user_id != self.room.host_id
        if member.role == "watcher" and unwatched:
            raise errors.NotInvited
        if known and self.playing.live and member.user_id in self.playing.players:
            raise errors.MatchUnderWay
        if member.role == "player" and len(self.room.players) >= self.room.settings.capacity:
            raise errors.RoomFull
        if member.role == "player" and self.playing.live and not self.room.settings.late_entry:
            raise errors.RoomClosed
        self.add(e.MemberEntered(member))
        if self.room.host_id is None:
            self.add(e.HostChanged(member.user_id))

    def change(self, command: c.ChangeRoom) -> None:
        self.hosting(command.user_id)
        self.between_matches()
        if command.settings == self.room.settings:
            raise errors.NothingToDo
        if command.settings.capacity < len(self.room.players):
            raise errors.InvalidSettings(fields={"capacity": f"{len(self.room.players)} players are here"})
        self.add(e.RoomChanged(command.settings, command.user_id))

    def leave(self, user_id: int, reason: e.LeftBecause) -> None:
        if self.room.member(user_id) is None:
            raise errors.NotAMember
        # Who plays leaves the match, which sees to the rest when it ends; but who is removed goes at once.
        if self.playing.live and user_id in self.playing.players and reason != "removed":
            raise errors.MatchUnderWay
        was_host = self.room.host_id == user_id
        self.add(e.MemberLeft(user_id, reason))
        people = [member for member in self.room.members if not member.bot]
        if was_host and people:
            self.add(e.HostChanged(people[0].user_id))
        for bot in () if people else self.room.members:  # a bot stays with nobody, and hosts nothing
            self.add(e.MemberLeft(bot.user_id, "left"))

    def remove(self, command: c.RemoveMember) -> None:
        self.hosting(command.user_id)
        if command.member_id == command.user_id:
            raise errors.NotAMember("Who leaves the room themselves sends leave_room.")
        self.leave(command.member_id, "removed")

    def hand_over(self, command: c.HandOver) -> None:
        self.hosting(command.user_id)
        member = self.room.member(command.member_id)
        if member is None or member.bot:
            raise errors.NotAMember
        if command.member_id == command.user_id:
            raise errors.NothingToDo
        self.add(e.HostChanged(command.member_id))

    def offer_rematch(self, user_id: int) -> None:
        member = self.room.member(user_id)
        if member is None or member.role != "player" or not (self.playing.over or self.playing.live):
            raise errors.NothingToRepeat
        self.between_matches()
        if user_id in self.room.rematch:
            raise errors.NothingToDo
        self.add(e.RematchOffered(user_id))

    def close(self) -> None:
        self.between_matches()
        self.add(e.RoomClosed())

    def hosting(self, user_id: int) -> None:
        if not self.room.opened or self.room.host_id != user_id:
            raise errors.NotTheHost

    def between_matches(self) -> None:
        if self.playing.live:
            raise errors.MatchUnderWay
