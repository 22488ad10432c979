"""Rooms as people make and use them. Every method is one act: one transaction, then one publication."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from application.base.clock import Clock
from application.journal.errors import MatchNotFound
from application.journal.transaction import Transaction, transaction
from application.matches import lobby
from application.matches.arrivals import live_rooms
from application.matches.errors import MatchAlreadyStarted, NotAPlayer, RoundOver
from application.matches.judging import Judging
from application.matches.referee import MatchAct, MatchEngine, Referee
from application.matches.roster import Roster, is_here
from application.matches.rules import commands as m
from application.matches.rules.events import UnratedBecause
from application.matches.timeline import Timeline
from application.ratings.ranks import rank_of
from application.ratings.standings import people
from application.rooms import errors
from application.rooms.rules import commands as c
from application.rooms.rules.events import As, Member
from application.rooms.rules.settings import RoomSettings
from application.rooms.watching import Watching
from application.rooms.wishes import Wishes

Json = dict[str, Any]

TakeBot = Callable[[Transaction, Sequence[int]], int]
"""Finds a bot that is in no match and none of these users; its id. Raises JudgeUnavailable where no bot can play."""

SETTLED_AT_ONCE = 50
"""How many rooms with members who are away are seen to at a time."""


class Rooms:
    """The rooms that people open, and the rematch in any room."""

    def __init__(
        self,
        engine: MatchEngine,
        referee: Referee,
        roster: Roster,
        judging: Judging,
        wishes: Wishes,
        watching: Watching,
        take_bot: TakeBot,
        clock: Clock,
        idle_hours: float,
    ) -> None:
        """``idle_hours``: a room in which nothing has happened for so long is closed."""
        self._engine, self._referee, self._roster, self._judging = engine, referee, roster, judging
        self._wishes, self._watching, self._take_bot, self._clock = wishes, watching, take_bot, clock
        self._idle = timedelta(hours=idle_hours)
        self.on_entering: Callable[[MatchAct, int, int], None] = lambda _act, _room_id, _user_id: None
        self.on_leaving: Callable[[Transaction, int, int], None] = lambda _written, _room_id, _user_id: None
        """Called within the act, with the room's number and who enters or leaves it."""

    # --- making and changing

    def create(self, user_id: int, room: str, given: Mapping[str, Any], play: bool, client_id: str | None) -> Json:
        """Open a room of this code: ``{room, version}``, of the room that the same command opened before where it is
        sent again. Raises InvalidSettings, or RoomCodeTaken."""
        settings = self._wishes.settings(given)

        def carry_out(act: MatchAct) -> Json:
            host = self._member(act, user_id, "player" if play else "watcher")
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
            host = self._member(act, user_id, "player")
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
            lobby.take_turn(act.transaction)
            if live_rooms(act.transaction, [user_id]):
                raise errors.BusyElsewhere
            journal = act.new_room(room)
            journal = act.carry_out(journal, c.OpenRoom(settings, self._member(act, user_id, "player")))
            players = [user_id]
            if bot:
                players.append(self._take_bot(act.transaction, ()))
                journal = act.carry_out(journal, c.EnterRoom(self._member(act, players[-1], "player")))
            journal = self._seat(act, journal, players, "practice")
            return {"room": room, "version": journal.version}

        return self._once(user_id, client_id, "practise", carry_out)

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
            if _is_live(journal) and member_id in _playing(journal):
                journal = act.carry_out(journal, m.Resign(member_id))
            return {"version": journal.version}

        return self._once(user_id, client_id, "remove_member", carry_out)

    # --- entering and leaving

    def enter(self, user_id: int, room: str, role: As, client_id: str | None) -> Json:
        """Enter a room: ``{room, version}``; who is in it already stays. Raises RoomFull, RoomClosed, NotInvited or
        MatchUnderWay."""

        def carry_out(act: MatchAct) -> Json:
            lobby.take_turn(act.transaction)
            journal = act.lock(room)
            if journal.place.closed:
                raise errors.RoomClosed
            if role == "watcher" and journal.place.member(user_id) is None:
                self._look_on(act, journal, user_id)
                return {"room": room, "version": journal.version}
            known = journal.place.member(user_id)
            if not (known and known.role == role):
                journal = act.carry_out(journal, c.EnterRoom(self._member(act, user_id, role)))
                self._watching.forget(act.transaction, journal.room_id, user_id)
                self.on_entering(act, journal.room_id, user_id)
                journal = self._after_entering(act, journal, user_id, role)
            return {"room": room, "version": journal.version}

        return self._once(user_id, client_id, "enter_room", carry_out)

    def leave(self, user_id: int, room: str, client_id: str | None) -> Json:
        """Be in the room no longer, between matches or without playing: ``{version}``. For who was not in it, or left
        before, there is nothing to it."""

        def carry_out(act: MatchAct) -> Json:
            lobby.take_turn(act.transaction)
            journal = act.lock(room)
            if journal.place.member(user_id) is not None:
                journal = act.carry_out(journal, c.LeaveRoom(user_id))
                self.on_leaving(act.transaction, journal.room_id, user_id)
                journal = self._rematch_if_all(act, journal)
            elif not (self._watching.forget(act.transaction, journal.room_id, user_id) or user_id in journal.user_ids):
                raise NotAPlayer
            return {"version": journal.version}

        return self._once(user_id, client_id, "leave_room", carry_out)

    # --- playing

    def start(self, user_id: int, room: str, client_id: str | None) -> Json:
        """Begin a match with the players who are here: ``{version}``. Raises NotTheHost, MatchUnderWay, TooFewPlayers
        or JudgeUnavailable."""
        self._judging.require()

        def carry_out(act: MatchAct) -> Json:
            lobby.take_turn(act.transaction)
            journal = self._lock(act, room, user_id)
            if journal.place.host_id != user_id or not journal.place.opened:
                raise errors.NotTheHost
            if journal.place.closed:
                raise errors.RoomClosed
            if _is_live(journal):
                raise errors.MatchUnderWay
            here = self._here(act, journal)
            if len(here) < 2:
                raise errors.TooFewPlayers
            return {"version": self._seat(act, journal, here, "room").version}

        return self._once(user_id, client_id, "start_match", carry_out)

    def offer_rematch(self, user_id: int, room: str, client_id: str | None) -> Json:
        """Say that one would play again: ``{version}``. When every player who is here has, a match begins."""
        self._judging.require()

        def carry_out(act: MatchAct) -> Json:
            lobby.take_turn(act.transaction)
            journal = self._lock(act, room, user_id)
            try:
                journal = act.carry_out(journal, c.OfferRematch(user_id))
            except errors.NothingToDo:
                pass
            journal = self._bots_offer(act, journal)
            return {"version": self._rematch_if_all(act, journal).version}

        return self._once(user_id, client_id, "offer_rematch", carry_out)

    def arrived(self, user_id: int, room: str) -> None:
        """A member has come back to the room: a match that only waited for them begins."""
        journal = self._engine.read(room)
        if not (self._waits_for_all(journal) and journal.place.member(user_id)):
            return
        with self._engine.act() as act:
            lobby.take_turn(act.transaction)
            journal = act.lock(room)
            if self._waits_for_all(journal):
                self._begin_if_full(act, journal)

    # --- time

    def see_who_is_gone(self) -> None:
        """Note which members have no connection; who has had none for the grace is a member no longer."""
        now = self._clock()
        with transaction(self._engine.connect) as asked:
            asked.write(_BACK)
            asked.write(_AWAY, (now,))
            away_since = now - timedelta(seconds=self._referee.rules.grace_seconds)
            gone = asked.last(_GONE, (away_since, SETTLED_AT_ONCE))
        for room, user_id in gone:
            with self._engine.act() as act:
                lobby.take_turn(act.transaction)
                journal = act.lock(room)
                if self._roster.is_online(user_id, act.transaction) or journal.place.member(user_id) is None:
                    continue
                try:
                    journal = act.carry_out(journal, c.LeaveRoom(user_id, "gone"))
                except errors.MatchUnderWay:
                    continue  # the match sees to who is away
                self._rematch_if_all(act, journal)

    def close_idle(self) -> None:
        """Close the rooms in which nothing has happened for long."""
        with transaction(self._engine.connect) as asked:
            rooms = asked.last(_IDLE, (self._clock() - self._idle, SETTLED_AT_ONCE))
        for (room,) in rooms:
            self.close(room)

    def close(self, room: str) -> bool:
        """Close a room in which no match is going on; whether it was open."""
        with self._engine.act() as act:
            try:
                act.carry_out(act.lock(room), c.CloseRoom())
            except (errors.RoomClosed, errors.MatchUnderWay, MatchNotFound):
                return False
        return True

    # --- what they have in common

    def _once(self, user_id: int, client_id: str | None, request: str, carry_out: Callable[[MatchAct], Json]) -> Json:
        with self._engine.act() as act:
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

    def _member(self, act: MatchAct, user_id: int, role: As) -> Member:
        person = people(act.transaction, [user_id])[user_id]
        return Member(user_id, person.username, person.avatar, rank_of(person.xp).name, role, person.bot)

    def _look_on(self, act: MatchAct, journal: Timeline, user_id: int) -> None:
        place = journal.place
        if _is_live(journal) and user_id in journal.user_ids:
            raise errors.MatchUnderWay
        if place.settings.spectators != "anyone" or user_id in place.removed:
            raise errors.NotInvited
        self._watching.begin(act.transaction, journal.room_id, user_id)

    def _after_entering(self, act: MatchAct, journal: Timeline, user_id: int, role: As) -> Timeline:
        if role != "player":
            return journal
        if not _is_live(journal):
            return self._begin_if_full(act, journal) if journal.place.settings.start == "full" else journal
        if user_id in journal.user_ids or live_rooms(act.transaction, [user_id]):
            return journal
        try:
            journal = act.carry_out(journal, m.SeatLate(self._referee.seat(act, user_id)))
        except (RoundOver, MatchAlreadyStarted):  # it is the last round; there may be another match
            return journal
        lobby.leave(act.transaction, [user_id])
        return journal

    def _waits_for_all(self, journal: Timeline) -> bool:
        """Whether a first match is to begin as soon as all seats are taken by people who are here."""
        place = journal.place
        full = len(place.players) == place.settings.capacity
        return place.opened and not place.closed and full and place.settings.start == "full" and not journal.match_id

    def _begin_if_full(self, act: MatchAct, journal: Timeline) -> Timeline:
        here = self._here(act, journal)
        if len(here) < max(2, journal.place.settings.capacity):
            return journal
        return self._seat(act, journal, here, "room")

    def _rematch_if_all(self, act: MatchAct, journal: Timeline) -> Timeline:
        """Begin the next match if everybody who is here to play has offered one."""
        place = journal.place
        if not journal.is_over or place.closed or not place.rematch:
            return journal
        here = self._here(act, journal)
        alone = place.opened and place.settings.capacity == 1
        if len(here) < (1 if alone else 2) or not set(here) <= set(place.rematch):
            return journal
        return self._seat(act, journal, here, "practice" if alone else "room")

    def _bots_offer(self, act: MatchAct, journal: Timeline) -> Timeline:
        """Somebody would play again, so the bots would, too. For one that plays elsewhere by now another comes."""
        bots = [member for member in journal.place.players if member.bot]
        busy = live_rooms(act.transaction, [bot.user_id for bot in bots]) if bots else {}
        for bot in bots:
            if bot.user_id in busy:
                journal = act.carry_out(journal, c.LeaveRoom(bot.user_id))
                here = [member.user_id for member in journal.place.members]
                bot = self._member(act, self._take_bot(act.transaction, here), "player")
                journal = act.carry_out(journal, c.EnterRoom(bot))
            if bot.user_id not in journal.place.rematch:
                journal = act.carry_out(journal, c.OfferRematch(bot.user_id))
        return journal

    def _here(self, act: MatchAct, journal: Timeline) -> list[int]:
        """Those who are in the room to play, are connected, and are in no match elsewhere."""
        user_ids = [member.user_id for member in journal.place.players]
        busy = live_rooms(act.transaction, user_ids)
        present = self._roster.present(user_ids, act.transaction)
        return [user_id for user_id in user_ids if user_id in present and user_id not in busy]

    def _seat(self, act: MatchAct, journal: Timeline, user_ids: Sequence[int], why: UnratedBecause) -> Timeline:
        """Begin a match. Who plays looks for no other opponent. The caller has the turn at pairing."""
        lobby.leave(act.transaction, user_ids)
        if not journal.place.opened:
            return self._referee.open_again(act, journal, sorted(user_ids))
        against_bot = any(member.bot and member.user_id in user_ids for member in journal.place.players)
        return self._referee.open_in(act, journal, user_ids, "bot" if against_bot else why)


def _is_live(journal: Timeline) -> bool:
    return bool(journal.match_id) and not journal.is_over


def _playing(journal: Timeline) -> set[int]:
    return {player.seat.user_id for player in journal.state.active}


_PLAYS_HERE = """
    EXISTS (SELECT 1 FROM match_players p JOIN matches live ON live.id = p.match_id
    WHERE p.user_id = m.user_id AND p.live AND live.room_id = m.room_id)"""
# A challenge waits, whether or not its author does.
_WAITS = "EXISTS (SELECT 1 FROM challenges c WHERE c.room_id = m.room_id AND c.ended_at IS NULL)"
_PRESENT = is_here("m.user_id")
_BACK = f"UPDATE room_members m SET absent_since = NULL WHERE absent_since IS NOT NULL AND {_PRESENT}"
_AWAY = f"UPDATE room_members m SET absent_since = %s WHERE absent_since IS NULL AND NOT {_PRESENT}"
_GONE = f"""
    SELECT r.code, m.user_id FROM room_members m JOIN rooms r ON r.id = m.room_id
    WHERE m.absent_since < %s AND NOT {_PLAYS_HERE} AND NOT {_WAITS} ORDER BY m.absent_since LIMIT %s"""
_IDLE = """
    SELECT r.code FROM open_rooms o JOIN rooms r ON r.id = o.room_id
    WHERE o.closed_at IS NULL AND NOT o.live AND o.changed_at < %s ORDER BY o.changed_at LIMIT %s"""
