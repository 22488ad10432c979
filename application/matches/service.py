"""Matches as players and the judge change them. Every method is one transaction, then one publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select, text

from application import errors
from application.clock import Clock
from application.extensions import db, transaction
from application.game import commands as c
from application.game.state import Phase
from application.judge.queue import JudgeQueue
from application.judge.verdicts import Judgement, TestResult, Verdict
from application.matches import journal, lobby, projections
from application.matches.journal import Timeline
from application.matches.models import Match, MatchPlayer, Submission
from application.matches.outside import Presence, Publisher
from application.matches.receipts import once
from application.matches.referee import Referee
from application.problems.service import Problems
from application.rates import Rate

Json = dict[str, Any]


class Matches:
    """The matches of this server, and the lobby before them."""

    def __init__(
        self,
        referee: Referee,
        problems: Problems,
        judge: JudgeQueue | None,
        publisher: Publisher,
        presence: Presence,
        clock: Clock,
        wake: Callable[[], None],
        rate: Rate,
    ) -> None:
        """``judge`` is None where judging is off. ``wake``: something may fall due earlier than expected. ``rate``: how
        often a player may hand in."""
        self._referee, self._problems, self._judge = referee, problems, judge
        self._publisher, self._presence, self._clock = publisher, presence, clock
        self._wake, self._rate = wake, rate
        self._rules = referee.rules

    # --- the lobby

    def find(self, user_id: int, client_id: str | None = None) -> Json:
        """Look for an opponent: ``{status: "waiting"}`` or ``{status: "matched", room}``.

        Raises JudgeUnavailable or NoProblemInPlay where a match could not be played.
        """
        self._require_judge()
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
        """Pair those whom waiting has made eligible, and forget those who have gone away."""
        at = self._clock()
        with transaction():
            lobby.forget_absent(at)
            opened = self._open_pairs(at)
        self._publish(opened)

    # --- what a player does in a match

    def submit(self, user_id: int, room: str, language: str, code: str, client_id: str | None = None) -> Json:
        """Hand in a solution: ``{submission_id, version}``. The verdict follows as an event.

        Raises UnknownLanguage, EmptySubmission, JudgeUnavailable, RateLimited, and what the rules raise.
        """
        self._rate.spend(str(user_id))
        self._problems.require_judgeable(language, code)
        self._require_judge()
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
                )
            )
            return {"submission_id": submission_id}

        command = c.SubmitCode(user_id, submission_id, language)
        answer = self._play(user_id, room, "submit_code", command, client_id, write)
        if answer["submission_id"] == submission_id:
            self._send_to_judge(submission_id)
        return answer

    def resign(self, user_id: int, room: str, client_id: str | None = None) -> Json:
        """Give the match up: ``{version}``."""
        return self._play(user_id, room, "resign", c.Resign(user_id), client_id)

    def claim_win(self, user_id: int, room: str, client_id: str | None = None) -> Json:
        """Claim the win over opponents who are away: ``{version}``. Who is connected after all is not away."""
        others = select(MatchPlayer.user_id).join(Match, Match.id == MatchPlayer.match_id)
        for other in db.session.scalars(others.where(Match.room == room, MatchPlayer.user_id != user_id)).all():
            if self._presence.is_online(other):
                self._return(other, even_if_left=False)
        return self._play(user_id, room, "claim_win", c.ClaimWin(user_id), client_id)

    def leave(self, user_id: int, room: str, client_id: str | None = None) -> Json:
        """Leave the room: ``{version}``. In a running match the opponent may claim at once.

        Leaving a match that is over, or twice, is no error: there is nothing to it.
        """
        try:
            return self._play(user_id, room, "leave_room", c.MarkGone(user_id, left=True), client_id)
        except (errors.MatchAlreadyFinished, errors.AlreadyGone):
            return {"version": db.session.scalar(select(Match.version).where(Match.room == room))}

    # --- presence

    def player_online(self, user_id: int) -> None:
        """The user has a connection (again)."""
        with transaction():
            lobby.mark_present(user_id)
        self._return(user_id)
        self._wake()

    def player_offline(self, user_id: int) -> None:
        """The user's last connection ended; who does not return within ``absence_seconds`` is gone."""
        at = self._clock()
        with transaction():
            lobby.mark_absent(user_id, at)
            room = live_room(user_id)
            if room:
                match = journal.lock(room)
                if match.finished_at is None:
                    seconds = self._rules.absence_seconds
                    projections.postpone(match.id, projections.ABSENCE, user_id, at, seconds)
        self._wake()

    def lobby_status(self, user_id: int) -> str:
        """``waiting`` for an opponent, or ``idle``."""
        return "waiting" if lobby.is_waiting(user_id) else "idle"

    def return_to(self, user_id: int, timeline: Timeline) -> bool:
        """The user opens the room of this match: if they were gone they are back, and the journal has grown."""
        player = timeline.state.player(user_id)
        if timeline.state.phase is Phase.FINISHED or player is None or not player.gone:
            return False
        self._return(user_id)
        return True

    # --- the judge

    def record_judgement(self, submission_id: int, judgement: Judgement) -> None:
        """Write down the judge's answer. The first one counts; for a match that is over it is only kept."""
        timeline = None
        with transaction() as session:
            match_id = session.scalar(select(Submission.match_id).where(Submission.id == submission_id))
            if match_id is None:
                raise errors.UnknownSubmission
            match, at = journal.lock_by_id(match_id), self._clock()
            row = session.get_one(Submission, submission_id, populate_existing=True)
            if row.verdict is not None:
                return
            row.verdict, row.passed, row.total = judgement.verdict.value, judgement.passed, judgement.total
            report = report_of(judgement)
            row.judged_at, row.report = at, report
            command = c.RecordJudgement(submission_id, judgement.verdict.value, judgement.passed, judgement.total)
            try:
                timeline = self._referee.rule(match, command, at, reports={submission_id: report})
            except (errors.MatchAlreadyFinished, errors.UnknownSubmission):
                timeline = None
        self._publish([timeline] if timeline else [])

    def judge_pending(self) -> None:
        """Hand every submission without a verdict to the judge, if it does not have it already."""
        if self._judge is None:
            return
        pending = list(db.session.scalars(select(Submission.id).where(Submission.verdict.is_(None))))
        db.session.rollback()
        for submission_id in pending:
            self._send_to_judge(submission_id)

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

    def _return(self, user_id: int, even_if_left: bool = True) -> None:
        """If the user is known to be gone from their live match, they no longer are."""
        timeline = None
        with transaction():
            room = live_room(user_id)
            if room is not None:
                match = journal.lock(room)
                projections.cancel(match.id, projections.ABSENCE, user_id)
                before = self._referee.timeline(match)
                player = before.state.player(user_id)
                if match.finished_at is None and player and player.gone and (even_if_left or not player.left):
                    timeline = self._referee.rule(match, c.MarkBack(user_id), self._clock(), before)
        self._publish([timeline] if timeline else [])

    def _open_pairs(self, at: datetime) -> list[Timeline]:
        pairs = lobby.take_pairs(at, self._rules.lobby_widen_seconds)
        opened = [self._referee.open(pair, at, rated=True) for pair in pairs]
        for timeline in opened:
            self._publisher.open(timeline)
        return opened

    def _send_to_judge(self, submission_id: int) -> None:
        if self._judge is None or submission_id in self._judge:
            return
        row = db.session.get_one(Submission, submission_id)
        request, match_id = self._problems.document(row.problem_id).request(row.language, row.code), row.match_id
        db.session.rollback()
        self._judge.put(submission_id, request, match_id)

    def _require_judge(self) -> None:
        if self._judge is None:
            raise errors.JudgeUnavailable

    def _publish(self, timelines: Iterable[Timeline]) -> None:
        for timeline in timelines:
            self._publisher.publish(timeline)
            self._wake()


def live_room(user_id: int) -> str | None:
    """The room of the user's live match, or None."""
    return db.session.scalar(_LIVE_ROOM, {"user_id": user_id})


_LIVE_ROOM = (
    select(Match.room)
    .join(MatchPlayer, MatchPlayer.match_id == Match.id)
    .where(MatchPlayer.user_id == bindparam("user_id"), MatchPlayer.live)
)


def report_of(judgement: Judgement) -> Json:
    """The judgement as its author may read it: visible tests in full, of hidden ones only whether they passed."""
    results = [_result_report(result) for result in judgement.results]
    consoles = [result.console for result in judgement.results if result.console]
    return {
        "results": results,
        "console": "".join(consoles),
        "message": judgement.message,
        "time_ms": judgement.time_ms,
        "memory_kib": judgement.memory_kib,
    }


def _result_report(result: TestResult) -> Json:
    passed = result.verdict is Verdict.ACCEPTED
    if result.hidden:
        return {"number": result.number, "hidden": True, "passed": passed}
    return {**asdict(result), "passed": passed}
