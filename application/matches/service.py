"""Matches as players change them. Every method is one act: one transaction, then one publication."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from application.base.clock import Clock
from application.base.errors import CodemazeError, ServerRestarting
from application.base.rates import Rate
from application.journal.transaction import transaction
from application.matches import errors, lobby, written
from application.matches.arrivals import Arrivals
from application.matches.judging import Judging, Pending
from application.matches.pairing import Pairing
from application.matches.referee import MatchAct, MatchEngine
from application.matches.roster import Roster
from application.matches.rules import commands as c
from application.matches.timeline import Timeline, require_player
from application.problems.catalogue.service import Problems

Json = dict[str, Any]


class Matches:
    """The matches of this server, and the lobby before them."""

    def __init__(
        self,
        engine: MatchEngine,
        pairing: Pairing,
        problems: Problems,
        judging: Judging,
        roster: Roster,
        arrivals: Arrivals,
        clock: Clock,
        rate: Rate,
        save_rate: Rate,
    ) -> None:
        """``rate``: how often a player may hand in; ``save_rate``: how often they may have their code kept."""
        self._engine, self._pairing, self._problems, self._judging = engine, pairing, problems, judging
        self._roster, self._arrivals, self._clock = roster, arrivals, clock
        self._rate, self._save_rate = rate, save_rate
        self._draining = False
        self.on_code: Callable[[Timeline, int], None] = lambda _timeline, _user_id: None
        """Called with a running match and the player who has had their code kept in it."""

    def drain(self) -> None:
        """This process is about to end: stop pairing."""
        self._draining = True

    # --- the lobby

    def find(self, user_id: int, client_id: str | None = None) -> Json:
        """Look for an opponent: ``{status: "waiting"}`` or ``{status: "matched", room}``.

        Raises JudgeUnavailable or NoProblemInPlay where a match could not be played.
        """
        self._judging.require()
        if self._draining:
            raise ServerRestarting(retry_after=1)
        return self._pairing.find(user_id, client_id)

    def cancel_find(self, user_id: int, client_id: str | None = None) -> Json:
        """Stop looking for an opponent; nothing happens if the user was not waiting."""
        with self._engine.act() as act:

            def carry_out() -> Json:
                lobby.leave(act.transaction, [user_id])
                return {}

            return act.once(user_id, client_id, "cancel_find", carry_out)

    def pair_waiting(self) -> None:
        """Pair players who have now waited long enough for each other, and remove those who have gone away."""
        while not self._draining and self._pairing.pair_waiting():
            pass

    def lobby_status(self, user_id: int) -> str:
        """``waiting`` for an opponent, or ``idle``."""
        return "waiting" if lobby.is_waiting(user_id) else "idle"

    # --- what a player does in a match

    def submit(self, user_id: int, room: str, language: str, code: str, client_id: str | None = None) -> Json:
        """Hand in a solution: ``{submission_id, version}``. The verdict follows as an event.

        Raises UnknownLanguage, EmptySubmission, JudgeUnavailable, RateLimited, and what the rules raise.
        """
        self._rate.spend(str(user_id))
        self._problems.require_judgeable(language, code)
        self._judging.require()
        submission_id = self._judging.new_id()
        pending: list[Pending] = []

        def write(act: MatchAct, timeline: Timeline) -> Json:
            running = timeline.state.round
            assert running is not None, "code is received in rounds"
            pending.append(
                Pending(submission_id, timeline.match_id, room, user_id, running.problem_id, language, code, act.at)
            )
            self._judging.keep(act.transaction, pending[0])
            written.keep_code(act.transaction, timeline.match_id, user_id, language, code, act.at)
            return {"submission_id": submission_id}

        command = c.SubmitCode(user_id, submission_id, language)
        answer = self._play(user_id, room, "submit_code", command, client_id, write)
        for submission in pending:
            self._judging.send(submission)
        return answer

    def resign(self, user_id: int, room: str, client_id: str | None = None) -> Json:
        """Give up the match: ``{version}``."""
        return self._play(user_id, room, "resign", c.Resign(user_id), client_id)

    def finish_round(self, user_id: int, room: str, client_id: str | None = None) -> Json:
        """Hand in nothing more in this round: ``{version}``."""
        return self._play(user_id, room, "finish_round", c.FinishRound(user_id), client_id)

    def claim_win(self, user_id: int, room: str, client_id: str | None = None) -> Json:
        """Claim the win over opponents who are away: ``{version}``. Opponents who are connected after all count as
        back."""

        back: list[int] = []

        def notice(act: MatchAct, timeline: Timeline) -> Timeline:
            for player in timeline.state.players:
                other = player.seat.user_id
                away = other != user_id and player.gone and not player.left
                if away and self._roster.is_online(other, act.transaction):
                    timeline = act.carry_out(timeline, c.MarkBack(other))
                    back.append(other)
            return timeline

        try:
            return self._play(user_id, room, "claim_win", c.ClaimWin(user_id), client_id, first=notice)
        except CodemazeError:
            for other in back:  # nothing of what is refused remains, but that they are here is true
                self._arrivals.returned(other, even_if_left=False)
            raise

    def leave(self, user_id: int, room: str, client_id: str | None = None) -> Json:
        """Leave the room of a match on one connection: ``{version}``. When it was the user's last one there, the
        opponents in a running match may claim at once.

        Leaving a match that is over, or leaving twice, is no error and changes nothing.
        """
        if self._arrivals.remains(user_id):
            timeline = self._engine.read(room)
            require_player(timeline, user_id)
            return {"version": timeline.version}
        try:
            return self._play(user_id, room, "leave_room", c.MarkGone(user_id, left=True), client_id)
        except (errors.MatchAlreadyFinished, errors.AlreadyGone):
            return {"version": self._engine.read(room).version}

    def save_code(self, user_id: int, room: str, language: str, code: str) -> Json:
        """Keep what the player is writing, for when they come back; at most every second in each language.

        Raises UnknownLanguage, RateLimited, MatchNotStarted, MatchAlreadyFinished, MatchNotFound or NotAPlayer.
        """
        self._problems.require_language(language)
        self._save_rate.spend(f"{user_id} {language}")
        timeline = self._engine.read(room)
        require_player(timeline, user_id)
        if timeline.is_over:
            raise errors.MatchAlreadyFinished
        if timeline.state.round is None:
            raise errors.MatchNotStarted
        with transaction(self._engine.connect) as asked:
            written.keep_code(asked, timeline.match_id, user_id, language, code, self._clock())
        self.on_code(timeline, user_id)
        return {}

    # --- what they have in common

    def _play(
        self,
        user_id: int,
        room: str,
        request: str,
        command: c.Command,
        client_id: str | None,
        write: Callable[[MatchAct, Timeline], Json] = lambda _act, _timeline: {},
        first: Callable[[MatchAct, Timeline], Timeline] = lambda _act, timeline: timeline,
    ) -> Json:
        """Carry out a player's command in the locked journal, once for each ``client_id``; its acknowledgement.
        ``first`` is what has to be seen to before, ``write`` what follows from it."""
        with self._engine.act() as act:

            def carry_out() -> Json:
                timeline = act.lock(room)
                require_player(timeline, user_id)
                timeline = act.carry_out(first(act, timeline), command)
                return {"version": timeline.version} | write(act, timeline)

            return act.once(user_id, client_id, request, carry_out)
