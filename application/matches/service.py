"""Matches as players and the judge change them. Every method is one transaction, then one publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Table, select, text
from sqlalchemy.dialects.postgresql import insert

from application.base import errors
from application.base.clock import Clock
from application.base.database import db, transaction
from application.base.rates import Rate
from application.matches import journal, lobby
from application.matches.arrivals import Arrivals, live_room
from application.matches.journal import Timeline
from application.matches.judging import Judging
from application.matches.models import Match, MatchPlayer, SavedCode, Submission
from application.matches.outside import Publisher
from application.matches.receipts import once
from application.matches.referee import Referee
from application.matches.roster import Roster
from application.matches.rules import commands as c
from application.problems.catalogue.service import Problems

Json = dict[str, Any]


class Matches:
    """The matches of this server, and the lobby before them."""

    def __init__(
        self,
        referee: Referee,
        problems: Problems,
        judging: Judging,
        roster: Roster,
        arrivals: Arrivals,
        publisher: Publisher,
        clock: Clock,
        wake: Callable[[], None],
        rate: Rate,
        save_rate: Rate,
    ) -> None:
        """``wake``: something may fall due earlier than expected. ``rate``: how often a player may hand in;
        ``save_rate``: how often they may have their code kept."""
        self._referee, self._problems, self._judging = referee, problems, judging
        self._roster, self._arrivals, self._publisher, self._clock = roster, arrivals, publisher, clock
        self._wake, self._rate, self._save_rate = wake, rate, save_rate
        self._rules = referee.rules
        self._draining = False

    def drain(self) -> None:
        """This process is about to end: it pairs nobody any more."""
        self._draining = True

    # --- the lobby

    def find(self, user_id: int, client_id: str | None = None) -> Json:
        """Look for an opponent: ``{status: "waiting"}`` or ``{status: "matched", room}``.

        Raises JudgeUnavailable or NoProblemInPlay where a match could not be played.
        """
        self._judging.require()
        if self._draining:
            raise errors.ServerRestarting(retry_after=1)
        at, opened = self._clock(), list[Timeline]()

        def carry_out() -> Json:
            if live_room(user_id) is None:
                if not self._problems.count_in_play():
                    raise errors.NoProblemInPlay
                lobby.join(user_id, at)
                opened.extend(self._open_pairs(at))
            room = live_room(user_id)
            return {"status": "matched", "room": room} if room else {"status": "waiting"}

        with transaction():
            answer = once(user_id, client_id, "find_match", at, carry_out)
        self._publish(opened)
        return answer

    def cancel_find(self, user_id: int, client_id: str | None = None) -> Json:
        """Look for an opponent no longer; nothing happens to who is not waiting."""

        def carry_out() -> Json:
            lobby.leave([user_id])
            return {}

        with transaction():
            return once(user_id, client_id, "cancel_find", self._clock(), carry_out)

    def pair_waiting(self) -> None:
        """Pair those whom waiting has made eligible, a few in each transaction, and forget those who have gone away."""
        if self._draining:
            return
        with transaction():
            lobby.forget_absent(self._clock())
        while not self._draining and self._pair_some():
            pass

    # --- what a player does in a match

    def submit(self, user_id: int, room: str, language: str, code: str, client_id: str | None = None) -> Json:
        """Hand in a solution: ``{submission_id, version}``. The verdict follows as an event.

        Raises UnknownLanguage, EmptySubmission, JudgeUnavailable, RateLimited, and what the rules raise.
        """
        self._rate.spend(str(user_id))
        self._problems.require_judgeable(language, code)
        self._judging.require()
        submission_id = int(db.session.scalar(text("SELECT nextval(pg_get_serial_sequence('submissions', 'id'))")))

        def write(match: Match, timeline: Timeline) -> Json:
            running = timeline.state.round
            assert running is not None, "code is received in rounds"
            db.session.add(
                Submission(
                    id=submission_id,
                    match_id=match.id,
                    user_id=user_id,
                    problem_id=running.problem_id,
                    language=language,
                    code=code,
                    received_at=timeline.entries[-1].at,
                    process_id=self._roster.process_id,
                )
            )
            keep_code(match.id, user_id, language, code, timeline.entries[-1].at)
            return {"submission_id": submission_id}

        command = c.SubmitCode(user_id, submission_id, language)
        answer = self._play(user_id, room, "submit_code", command, client_id, write)
        if answer["submission_id"] == submission_id:
            self._judging.send(submission_id)
        return answer

    def resign(self, user_id: int, room: str, client_id: str | None = None) -> Json:
        """Give the match up: ``{version}``."""
        return self._play(user_id, room, "resign", c.Resign(user_id), client_id)

    def claim_win(self, user_id: int, room: str, client_id: str | None = None) -> Json:
        """Claim the win over opponents who are away: ``{version}``. Who is connected after all is not away."""
        others = select(MatchPlayer.user_id).join(Match, Match.id == MatchPlayer.match_id)
        for other in db.session.scalars(others.where(Match.room == room, MatchPlayer.user_id != user_id)).all():
            if self._roster.is_online(other):
                self._arrivals.returned(other, even_if_left=False)
        return self._play(user_id, room, "claim_win", c.ClaimWin(user_id), client_id)

    def leave(self, user_id: int, room: str, client_id: str | None = None) -> Json:
        """Leave the room on one connection: ``{version}``. When it was the user's last one there, the opponent in a
        running match may claim at once.

        Leaving a match that is over, or twice, is no error: there is nothing to it.
        """
        if live_room(user_id) == room and self._arrivals.remains(user_id):
            return {"version": _version(room)}
        try:
            return self._play(user_id, room, "leave_room", c.MarkGone(user_id, left=True), client_id)
        except (errors.MatchAlreadyFinished, errors.AlreadyGone):
            return {"version": _version(room)}

    def save_code(self, user_id: int, room: str, language: str, code: str) -> Json:
        """Keep what the player is writing, for when they come back; at most every second in each language.

        Raises UnknownLanguage, RateLimited, MatchNotStarted, MatchAlreadyFinished, MatchNotFound or NotAPlayer.
        """
        self._problems.require_language(language)
        self._save_rate.spend(f"{user_id} {language}")
        with transaction():
            match = db.session.scalar(select(Match).where(Match.room == room))
            if match is None:
                raise errors.MatchNotFound
            if not db.session.get(MatchPlayer, (match.id, user_id)):
                raise errors.NotAPlayer
            if match.finished_at is not None:
                raise errors.MatchAlreadyFinished
            if match.started_at is None:
                raise errors.MatchNotStarted
            keep_code(match.id, user_id, language, code, self._clock())
        return {}

    def lobby_status(self, user_id: int) -> str:
        """``waiting`` for an opponent, or ``idle``."""
        return "waiting" if lobby.is_waiting(user_id) else "idle"

    # --- what they have in common

    def _play(
        self,
        user_id: int,
        room: str,
        request: str,
        command: c.Command,
        client_id: str | None,
        write: Callable[[Match, Timeline], Json] = lambda _match, _timeline: {},
    ) -> Json:
        """Carry out a player's command under the match's lock, once for each ``client_id``; its acknowledgement."""
        changed: list[Timeline] = []

        def carry_out() -> Json:
            match = journal.lock(room)
            at = self._clock()
            timeline = self._referee.timeline(match)
            journal.require_player(timeline, user_id)
            timeline = self._referee.rule(match, command, at, timeline)
            changed.append(timeline)
            return {"version": timeline.version} | write(match, timeline)

        with transaction():
            answer = once(user_id, client_id, request, self._clock(), carry_out)
        self._publish(changed)
        return answer

    def _pair_some(self) -> bool:
        with transaction():
            opened = self._open_pairs(self._clock())
        self._publish(opened)
        return bool(opened)

    def _open_pairs(self, at: datetime) -> list[Timeline]:
        pairs = lobby.take_pairs(at, self._rules.lobby_widen_seconds, self._roster.silent_user_ids())
        opened = [self._referee.open(pair, at) for pair in pairs]
        for timeline in opened:
            self._publisher.open(timeline)
        return opened

    def _publish(self, timelines: Iterable[Timeline]) -> None:
        for timeline in timelines:
            self._publisher.publish(timeline)
            self._wake()


def _version(room: str) -> int | None:
    return db.session.scalar(select(Match.version).where(Match.room == room))


def keep_code(match_id: int, user_id: int, language: str, code: str, at: datetime) -> None:
    """Within the caller's transaction: this is what the player has in their editor now."""
    row = {"match_id": match_id, "user_id": user_id, "language": language, "code": code, "saved_at": at}
    db.session.execute(_KEEP_CODE, row | {"drafts": {language: code}})


# Every submission comes through here, so it is made once.
_CODE = insert(cast(Table, SavedCode.__table__))
_KEEP_CODE = _CODE.on_conflict_do_update(
    index_elements=["match_id", "user_id"],
    set_={
        **{name: _CODE.excluded[name] for name in ("language", "code", "saved_at")},
        "drafts": SavedCode.drafts.concat(_CODE.excluded["drafts"]),
    },
)
