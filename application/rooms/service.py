"""Rooms as people make and use them. Every method is one act: one transaction, then one publication."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from application.journal.transaction import Transaction
from application.matches import lobby
from application.matches.arrivals import live_rooms
from application.matches.errors import MatchAlreadyStarted, NotAPlayer, RoundOver
from application.matches.judging import Judging
from application.matches.referee import MatchAct, MatchEngine
from application.matches.rules import commands as m
from application.matches.timeline import Timeline
from application.rooms import errors
from application.rooms.rules import commands as c
from application.rooms.rules.events import As
from application.rooms.rules.settings import RoomSettings
from application.rooms.seating import Seating, is_live
from application.rooms.watching import Watching
from application.rooms.wishes import Wishes

Json = dict[str, Any]


class Rooms:
    """The rooms that people open, and the rematch in any room."""

    def __init__(
        self,
        engine: MatchEngine,
        seating: Seating,
        judging: Judging,
        wishes: Wishes,
        watching: Watching,
    ) -> None:
        self._engine, self._seating, self._judging = engine, seating, judging
        self._wishes, self._watching = wishes, watching
        self.on_entering: Callable[[MatchAct, int, int], None] = lambda _act, _room_id, _user_id: None
        self.on_leaving: Callable[[Transaction, int, int], None] = lambda _written, _room_id, _user_id: None
        """Called within the act, with the room's number and who enters or leaves it."""

    # --- making and changing

    def create(self, user_id: int, room: str, given: Mapping[str, Any], play: bool, client_id: str | None) -> Json:
        """Open a room of this code: ``{room, version}``, of the room that the same command opened before where it is
        sent again. Raises InvalidSettings, or RoomCodeTaken."""
        settings = self._wishes.settings(given)

        def carry_out(act: MatchAct) -> Json:
            host = self._seating.member(act, user_id, "player" if play else "watcher")
            journal = act.carry_out(act.new_room(room), c.OpenRoom(settings, host))
            return {"room": room, "version": journal.version}

        return self._once(user_id, client_id, "create_room", carry_out)

    def open_for(
        self,
        user_id: int,
        room: str,
        settings: RoomSettings,
        invited_id: int,
        client_id: str | None,
        write: Callable[[MatchAct, int], None],
    ) -> Json:
        """Open a room of this code for one other person alone: ``{room, version}``; ``write`` is what follows from it,
        given the room's number. Raises JudgeUnavailable or RoomCodeTaken."""
        self._judging.require()

        def carry_out(act: MatchAct) -> Json:
            host = self._seating.member(act, user_id, "player")
            journal = act.carry_out(act.new_room(room), c.OpenRoom(settings, host, invited_id))
            write(act, journal.room_id)
            return {"room": room, "version": journal.version}

        return self._once(user_id, client_id, "challenge", carry_out)

    def practise(
        self, user_id: int, room: str, settings: RoomSettings, client_id: str | None, bot: bool = False
    ) -> Json:
        """Open a room of this code for the user alone, or for them and a ``bot``, in which a match begins at once:
        ``{room, version}``. Raises BusyElsewhere, JudgeUnavailable or RoomCodeTaken."""
        self._judging.require()

        def carry_out(act: MatchAct) -> Json:
            if live_rooms(act.transaction, [user_id]):
                raise errors.BusyElsewhere
            journal = act.new_room(room)
            journal = act.carry_out(journal, c.OpenRoom(settings, self._seating.member(act, user_id, "player")))
            players = [user_id]
            if bot:
                players.append(self._seating.take_bot(act.transaction, ()))
                journal = act.carry_out(journal, c.EnterRoom(self._seating.member(act, players[-1], "player")))
            journal = self._seating.seat(act, journal, players, "practice")
            return {"room": room, "version": journal.version}

        return self._once(user_id, client_id, "practise", carry_out, seats=True)

    def change(self, user_id: int, room: str, given: Mapping[str, Any], client_id: str | None) -> Json:
        """Give the room other settings, those that are named: ``{version}``. Raises NotTheHost, MatchUnderWay or
        InvalidSettings."""

        def carry_out(act: MatchAct) -> Json:
            journal = self._lock(act, room, user_id)
            settings = self._wishes.settings(given, journal.place.settings)
            answer = self._tried(act, journal, c.ChangeRoom(user_id, settings))
            if settings.spectators != "anyone":
                self._watching.forget_all(act.transaction, journal.room_id)
            return answer

        return self._once(user_id, client_id, "change_room", carry_out)

    def hand_over(self, user_id: int, room: str, member_id: int, client_id: str | None) -> Json:
        """Make another member the host: ``{version}``."""
        return self._once(
            user_id,
            client_id,
            "hand_over",
            lambda act: self._tried(act, self._lock(act, room, user_id), c.HandOver(user_id, member_id)),
        )

    def remove(self, user_id: int, room: str, member_id: int, client_id: str | None) -> Json:
        """Send a member away, for good: ``{version}``. Who plays gives their match up by it."""

        def carry_out(act: MatchAct) -> Json:
            journal = self._lock(act, room, user_id)
            if journal.place.host_id != user_id or not journal.place.opened:
                raise errors.NotTheHost
            journal = act.carry_out(journal, c.RemoveMember(user_id, member_id))
            if is_live(journal) and member_id in _playing(journal):
                journal = act.carry_out(journal, m.Resign(member_id))
            return {"version": journal.version}

        return self._once(user_id, client_id, "remove_member", carry_out)

    # --- entering and leaving

    def enter(self, user_id: int, room: str, role: As, client_id: str | None) -> Json:
        """Enter a room: ``{room, version}``; who is in it already stays. Raises RoomFull, RoomClosed, NotInvited or
        MatchUnderWay."""

        def carry_out(act: MatchAct) -> Json:
            journal = act.lock(room)
            if journal.place.closed:
                raise errors.RoomClosed
            if role == "watcher" and journal.place.member(user_id) is None:
                self._look_on(act, journal, user_id)
                return {"room": room, "version": journal.version}
            known = journal.place.member(user_id)
            if not (known and known.role == role):
                journal = act.carry_out(journal, c.EnterRoom(self._seating.member(act, user_id, role)))
                self._watching.forget(act.transaction, journal.room_id, user_id)
                self.on_entering(act, journal.room_id, user_id)
                journal = self._after_entering(act, journal, user_id, role)
            return {"room": room, "version": journal.version}

        return self._once(user_id, client_id, "enter_room", carry_out, seats=True)

    def leave(self, user_id: int, room: str, client_id: str | None) -> Json:
        """Be in the room no longer, between matches or without playing: ``{version}``. For who was not in it, or left
        before, there is nothing to it."""

        def carry_out(act: MatchAct) -> Json:
            journal = act.lock(room)
            if journal.place.member(user_id) is not None:
                journal = act.carry_out(journal, c.LeaveRoom(user_id))
                self.on_leaving(act.transaction, journal.room_id, user_id)
                journal = self._seating.rematch_if_all(act, journal)
            elif not (self._watching.forget(act.transaction, journal.room_id, user_id) or user_id in journal.user_ids):
                raise NotAPlayer
            return {"version": journal.version}

        return self._once(user_id, client_id, "leave_room", carry_out, seats=True)

    # --- playing

    def start(self, user_id: int, room: str, client_id: str | None) -> Json:
        """Begin a match with the players who are here: ``{version}``. Raises NotTheHost, MatchUnderWay, TooFewPlayers
        or JudgeUnavailable."""
        self._judging.require()

        def carry_out(act: MatchAct) -> Json:
            journal = self._lock(act, room, user_id)
            if journal.place.host_id != user_id or not journal.place.opened:
                raise errors.NotTheHost
            if journal.place.closed:
                raise errors.RoomClosed
            if is_live(journal):
                raise errors.MatchUnderWay
            here = self._seating.here(act, journal)
            if len(here) < 2:
                raise errors.TooFewPlayers
            return {"version": self._seating.seat(act, journal, here, "room").version}

        return self._once(user_id, client_id, "start_match", carry_out, seats=True)

    def offer_rematch(self, user_id: int, room: str, client_id: str | None) -> Json:
        """Say that one would play again: ``{version}``. When every player who is here has, a match begins."""
        self._judging.require()

        def carry_out(act: MatchAct) -> Json:
            journal = self._lock(act, room, user_id)
            try:
                journal = act.carry_out(journal, c.OfferRematch(user_id))
            except errors.NothingToDo:
                pass
            journal = self._seating.bots_offer(act, journal)
            return {"version": self._seating.rematch_if_all(act, journal).version}

        return self._once(user_id, client_id, "offer_rematch", carry_out, seats=True)

    # --- what they have in common

    def _once(
        self,
        user_id: int,
        client_id: str | None,
        request: str,
        carry_out: Callable[[MatchAct], Json],
        seats: bool = False,
    ) -> Json:
        """``seats``: a match may begin by it, and nobody is paired meanwhile. That lock comes before every other."""
        with self._engine.act() as act:
            if seats:
                lobby.take_turn(act.transaction)
            return act.once(user_id, client_id, request, lambda: carry_out(act))

    def _lock(self, act: MatchAct, room: str, user_id: int) -> Timeline:
        """The journal of a room that the user is in; raises NotAMember."""
        journal = act.lock(room)
        if journal.place.member(user_id) is None:
            raise errors.NotAMember("You are not in this room.")
        return journal

    def _tried(self, act: MatchAct, journal: Timeline, command: c.RoomCommand) -> Json:
        """Carry a command out that may find everything as it is to be."""
        try:
            journal = act.carry_out(journal, command)
        except errors.NothingToDo:
            pass
        return {"version": journal.version}

    def _look_on(self, act: MatchAct, journal: Timeline, user_id: int) -> None:
        place = journal.place
        if is_live(journal) and user_id in journal.user_ids:
            raise errors.MatchUnderWay
        if place.settings.spectators != "anyone" or user_id in place.removed:
            raise errors.NotInvited
        self._watching.begin(act.transaction, journal.room_id, user_id)

    def _after_entering(self, act: MatchAct, journal: Timeline, user_id: int, role: As) -> Timeline:
        if role != "player":
            return journal
        if not is_live(journal):
            return self._seating.begin_if_full(act, journal) if journal.place.settings.start == "full" else journal
        if user_id in journal.user_ids or live_rooms(act.transaction, [user_id]):
            return journal
        try:
            journal = act.carry_out(journal, m.SeatLate(self._seating.late(act, user_id)))
        except (RoundOver, MatchAlreadyStarted):  # it is the last round; there may be another match
            return journal
        lobby.leave(act.transaction, [user_id])
        return journal


def _playing(journal: Timeline) -> set[int]:
    return {player.seat.user_id for player in journal.state.active}
