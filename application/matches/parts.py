"""The parts of matches: one engine, what players ask of it, the judging of what they hand in, and time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from limits.storage import Storage

from application.accounts.tokens import Tokens
from application.base.clock import Clock
from application.base.config import Settings
from application.base.database import connect
from application.base.rates import Rate
from application.journal.engine import Engine
from application.judge.parts import Grading
from application.judge.queue import LocalJudgeQueue
from application.judge.verdicts import Judgement
from application.matches import http
from application.matches.announcements import ANNOUNCEMENTS
from application.matches.arrivals import Arrivals
from application.matches.coming_back import ComingBack
from application.matches.company import Company
from application.matches.deadlines import Deadlines, Timekeeper
from application.matches.judging import Judging
from application.matches.lobby import count_waiting
from application.matches.operating import Operating
from application.matches.pairing import Pairing
from application.matches.publishing import Publishing
from application.matches.reading import MatchReader, count_live
from application.matches.referee import MatchEngine, MatchRules, Referee
from application.matches.requests import MatchRequests
from application.matches.roster import Roster
from application.matches.service import Matches
from application.matches.subject import MatchSubject
from application.matches.thinning import Thinning
from application.matches.timeline import Timeline
from application.matches.trials import TrialRuns
from application.problems.catalogue.service import Problems
from application.realtime.contribution import Contribution, Gauge
from application.realtime.parts import Sockets

SAVE_RATE = "1 per second"
"""How often a player may have their code kept."""


@dataclass(frozen=True)
class MatchParts:
    """What plays matches. ``queue`` is None where judging is off; ``timekeeper`` is to be told what all capabilities
    do regularly."""

    engine: MatchEngine
    reader: MatchReader
    referee: Referee
    roster: Roster
    arrivals: Arrivals
    judging: Judging
    back: ComingBack
    service: Matches
    deadlines: Deadlines
    timekeeper: Timekeeper
    operating: Operating
    queue: LocalJudgeQueue | None
    contribution: Contribution


def build(
    settings: Settings,
    clock: Clock,
    context: Callable[[], AbstractContextManager[Any]],
    storage: Storage | None,
    sockets: Sockets[Timeline],
    tokens: Tokens,
    problems: Problems,
    grading: Grading,
    company: Company,
) -> MatchParts:
    """``context`` makes the application context in which a judgement is written down; ``company`` is who is in rooms
    besides those who play."""
    connections, feed, relay = sockets.connections, sockets.feed, sockets.relay

    def wake(due_at: datetime) -> None:
        timekeeper.wake(due_at)

    def on_judged(submission_id: int, judgement: Judgement) -> None:
        with context():
            judging.record(submission_id, judgement)

    engine: MatchEngine = Engine(MatchSubject(problems, company), connect, Publishing(relay), clock, wake)
    reader = MatchReader(engine, problems, company)
    relay.read_from(reader)
    rules = _rules(settings)
    referee = Referee(problems, rules)
    roster = Roster(connections, connect, alone=settings.redis_url is None)
    arrivals = Arrivals(engine, rules, roster, clock, wake)
    deadlines = Deadlines(engine, referee, roster, clock)
    timekeeper = Timekeeper(deadlines)
    grader, address_of = grading.grader, connections.address_of
    queue = LocalJudgeQueue(grader, grading.slots, on_judged, address_of) if grader else None
    judging = Judging(engine, problems, queue, roster, clock, settings.judge_patience_seconds)
    pairing = Pairing(engine, referee, roster, clock)
    submit_rate, save_rate = Rate(settings.submit_rate, "submit", storage), Rate(SAVE_RATE, "save", storage)
    matches = Matches(
        engine, pairing, problems, judging, roster, arrivals, clock, rate=submit_rate, save_rate=save_rate
    )
    run_rate = Rate(settings.run_rate, "run", storage)
    trials = TrialRuns(reader, problems, grader, grading.trial_slots, run_rate, address_of)
    back = ComingBack(arrivals, reader, feed)
    thinning = Thinning(clock, settings.report_days)

    def every_second() -> None:
        arrivals.keep()
        matches.pair_waiting()
        judging.send_pending()
        judging.let_go_of_overdue()

    contribution = Contribution(
        [http.namespace(tokens, reader)],
        MatchRequests(matches, arrivals, reader, trials, back).rows(),
        ANNOUNCEMENTS,
        [(1, every_second), (60, thinning.step), (60, deadlines.forget_receipts)],
        gauges=[
            Gauge("codemaze_matches_live", "Matches that are not finished", count_live),
            Gauge("codemaze_lobby_waiting", "Players waiting for an opponent", count_waiting),
            Gauge("codemaze_judge_waiting", "Submissions waiting for a judge", lambda: queue.depth if queue else 0),
        ],
        numbers={"matches": count_live},
    )
    operating = Operating(engine)
    return MatchParts(
        engine,
        reader,
        referee,
        roster,
        arrivals,
        judging,
        back,
        matches,
        deadlines,
        timekeeper,
        operating,
        queue,
        contribution,
    )


def _rules(settings: Settings) -> MatchRules:
    return MatchRules(
        settings.countdown_seconds,
        settings.round_seconds,
        settings.grace_seconds,
        settings.absence_seconds,
        settings.lobby_widen_seconds,
        settings.duel_topic,
        settings.rated_after_seconds,
        settings.rated_per_hour,
    )
