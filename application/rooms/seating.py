"""Who is seated when a match begins in a room: those who are there to play, are connected, and play nowhere else."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from application.journal.transaction import Transaction
from application.matches import lobby
from application.matches.arrivals import live_rooms
from application.matches.referee import MatchAct, Referee
from application.matches.roster import Roster
from application.matches.rules.events import Seat, UnratedBecause
from application.matches.timeline import Timeline
from application.ratings.ranks import rank_of
from application.ratings.standings import people
from application.rooms.rules import commands as c
from application.rooms.rules.events import As, Member

TakeBot = Callable[[Transaction, Sequence[int]], int]
"""Finds a bot that is in no match and none of these users; its id. Raises JudgeUnavailable where no bot can play."""


class Seating:
    """Begins matches in rooms, within the caller's act, which has the turn at pairing."""

    def __init__(self, referee: Referee, roster: Roster, take_bot: TakeBot) -> None:
        self._referee, self._roster, self.take_bot = referee, roster, take_bot

    def member(self, act: MatchAct, user_id: int, role: As) -> Member:
        person = people(act.transaction, [user_id])[user_id]
        return Member(user_id, person.username, person.avatar, rank_of(person.xp).name, role, person.bot)

    def late(self, act: MatchAct, user_id: int) -> Seat:
        """The user as a match that goes on seats them."""
        return self._referee.seat(act, user_id)

    def waits_for_all(self, journal: Timeline) -> bool:
        """Whether a first match is to begin as soon as all seats are taken by people who are here."""
        place = journal.place
        full = len(place.players) == place.settings.capacity
        return place.opened and not place.closed and full and place.settings.start == "full" and not journal.match_id

    def begin_if_full(self, act: MatchAct, journal: Timeline) -> Timeline:
        here = self.here(act, journal)
        if len(here) < max(2, journal.place.settings.capacity):
            return journal
        return self.seat(act, journal, here, "room")

    def rematch_if_all(self, act: MatchAct, journal: Timeline) -> Timeline:
        """Begin the next match if everybody who is here to play has offered one."""
        place = journal.place
        if not journal.is_over or place.closed or not place.rematch:
            return journal
        here = self.here(act, journal)
        alone = place.opened and place.settings.capacity == 1
        if len(here) < (1 if alone else 2) or not set(here) <= set(place.rematch):
            return journal
        return self.seat(act, journal, here, "practice" if alone else "room")

    def bots_offer(self, act: MatchAct, journal: Timeline) -> Timeline:
        """Somebody would play again, so the bots would, too. For one that plays elsewhere by now another comes."""
        bots = [member for member in journal.place.players if member.bot]
        busy = live_rooms(act.transaction, [bot.user_id for bot in bots]) if bots else {}
        for bot in bots:
            if bot.user_id in busy:
                journal = act.carry_out(journal, c.LeaveRoom(bot.user_id))
                here = [member.user_id for member in journal.place.members]
                bot = self.member(act, self.take_bot(act.transaction, here), "player")
                journal = act.carry_out(journal, c.EnterRoom(bot))
            if bot.user_id not in journal.place.rematch:
                journal = act.carry_out(journal, c.OfferRematch(bot.user_id))
        return journal

    def here(self, act: MatchAct, journal: Timeline) -> list[int]:
        """Those who are in the room to play, are connected, and are in no match elsewhere."""
        user_ids = [member.user_id for member in journal.place.players]
        busy = live_rooms(act.transaction, user_ids)
        present = self._roster.present(user_ids, act.transaction)
        return [user_id for user_id in user_ids if user_id in present and user_id not in busy]

    def seat(self, act: MatchAct, journal: Timeline, user_ids: Sequence[int], why: UnratedBecause) -> Timeline:
        """Begin a match. Who plays looks for no other opponent. The caller has the turn at pairing."""
        lobby.leave(act.transaction, user_ids)
        if not journal.place.opened:
            return self._referee.open_again(act, journal, sorted(user_ids))
        against_bot = any(member.bot and member.user_id in user_ids for member in journal.place.players)
        return self._referee.open_in(act, journal, user_ids, "bot" if against_bot else why)


def is_live(journal: Timeline) -> bool:
    """Whether a match is going on in the room."""
    return bool(journal.match_id) and not journal.is_over
