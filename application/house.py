"""Settings become backends, backends become services, services get their doors. The only file that knows every part."""

from __future__ import annotations

import math
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import structlog
from flask import Flask
from flask_socketio import SocketIO
from redis import Redis

from application import health, metrics
from application.accounts import http as auth
from application.accounts.logins import Logins
from application.accounts.service import Users
from application.accounts.signing_key import signing_key
from application.accounts.tokens import Tokens
from application.ai.model import Model, make_model
from application.base.clock import Clock, utc_now
from application.base.config import Settings
from application.base.database import connect
from application.base.litter import Litter
from application.base.rates import Rate, shared_storage
from application.classic import http as classic_routes
from application.classic.audience import Audience
from application.classic.door import ClassicDoor
from application.classic.rooms import ClassicRooms
from application.journal.engine import Engine
from application.judge.engine import GoJudge
from application.judge.machine import Judge
from application.judge.queue import LocalJudgeQueue
from application.judge.sandbox.store import Bounds
from application.judge.scripts import Scripts
from application.judge.slots import Slots
from application.judge.verdicts import Judgement
from application.matches import http as sessions
from application.matches.announcements import ANNOUNCEMENTS
from application.matches.arrivals import Arrivals
from application.matches.deadlines import Deadlines, Timekeeper
from application.matches.judging import Judging
from application.matches.operating import Operating
from application.matches.pairing import Pairing
from application.matches.publishing import Publishing
from application.matches.reading import MatchReader, count_live
from application.matches.records import records
from application.matches.referee import MatchEngine, MatchRules, Referee
from application.matches.requests import MatchRequests
from application.matches.roster import Roster
from application.matches.service import Matches
from application.matches.subject import MatchSubject
from application.matches.thinning import Thinning
from application.matches.timeline import Timeline
from application.matches.trials import TrialRuns
from application.problems.authoring import http as report_routes
from application.problems.authoring.reports import Reports
from application.problems.catalogue import http as problem_routes
from application.problems.catalogue.service import Chooser, Problems
from application.problems.generating.drafting import Drafting, yielding
from application.problems.generating.drafts import Drafts
from application.problems.generating.http import DraftDoor
from application.problems.generating.stock import Stock
from application.profiles import http as user_routes
from application.realtime import asyncapi
from application.realtime.connections import Connections
from application.realtime.door import Door
from application.realtime.feed import Feed
from application.realtime.notices import NOTICES
from application.realtime.relay import Relay
from application.realtime.requests import Row
from application.realtime.sending import Sender
from application.reviews import http as reviews
from application.reviews.service import Reviewing
from application.web import api, site
from application.web.app import enclose, make_flask, make_socketio

log = structlog.get_logger()

WORKER_CALLS = 32
"""How many calls one server may have out to workers; what comes beyond waits its turn, match by match."""

SAVE_RATE = "1 per second"
"""How often a player may have their code kept."""

FAILED_NAME_RATE = "1 per minute"
"""For how long after a failed login the next one for that name, from that address, counts as a guess."""

REPORT_RATE = "20 per hour"
"""How often a player may report a problem."""


def make_judge(settings: Settings) -> Judge:
    """The judge that the settings ask for: this machine, workers, or an engine elsewhere."""
    if settings.judge_workers and settings.redis_url:
        return Judge.on_workers(Redis.from_url(settings.redis_url, socket_connect_timeout=2))
    if settings.judge_url:
        return Judge.elsewhere(GoJudge(settings.judge_url, settings.judge_token), settings.languages)
    return Judge.at(
        settings.data_folder / "sandbox", settings.judge_slots, settings.languages, product_bounds(settings)
    )


def product_bounds(settings: Settings) -> Bounds:
    """What compiled programs may take of the disk."""
    return Bounds(settings.products_mib, settings.products_user_mib, settings.disk_free_mib)


def make_slots(settings: Settings) -> tuple[Slots, Slots]:
    """Who may compute at once: submissions, and half as many trial runs and scripts, which hold up no submission."""
    if settings.judge_workers:
        return Slots(WORKER_CALLS, memory_mib=math.inf), Slots(WORKER_CALLS // 2, memory_mib=math.inf)
    return Slots(settings.judge_slots), Slots(max(1, settings.judge_slots // 2))


@dataclass(frozen=True)
class Codemaze:
    """The running parts of one server, for whoever starts, stops or tests it."""

    settings: Settings
    socketio: SocketIO
    door: Door
    users: Users
    tokens: Tokens
    problems: Problems
    reports: Reports
    matches: Matches
    reviewing: Reviewing
    judging: Judging
    arrivals: Arrivals
    reader: MatchReader
    deadlines: Deadlines
    timekeeper: Timekeeper
    operating: Operating
    queue: LocalJudgeQueue | None
    judge: Judge
    model: Model
    drafts: Drafts
    drafting: Drafting
    connections: Connections
    feed: Feed[Timeline]
    engine: MatchEngine
    relay: Relay[Timeline]
    classic: ClassicRooms | None


def build(
    settings: Settings, judge: Judge, *, clock: Clock = utc_now, choose: Chooser | None = None
) -> tuple[Flask, Codemaze]:
    """The whole server, not yet running."""
    app = make_flask(settings, settings.jwt_secret_key or signing_key(settings.data_folder / "signing_key"))
    storage = shared_storage(settings.redis_url)
    socketio = make_socketio(app, settings, storage)
    enclose(app, settings)
    silent_after = settings.ping_seconds + settings.ping_timeout_seconds
    sender, connections = Sender(socketio), Connections(silent_after)
    feed: Feed[Timeline] = Feed(connections, sender.send)
    roster = Roster(connections, connect, alone=settings.redis_url is None)
    users, tokens = Users(settings.avatar_hosts), Tokens(clock)
    model = make_model(settings, clock)
    problems = Problems(judge.languages, judge.installed, choose or random.choice)
    rules = MatchRules(
        settings.countdown_seconds,
        settings.round_seconds,
        settings.grace_seconds,
        settings.absence_seconds,
        settings.lobby_widen_seconds,
        settings.duel_topic,
        settings.rated_after_seconds,
        settings.rated_per_hour,
    )
    referee = Referee(problems, rules)
    redis = Redis.from_url(settings.redis_url, socket_connect_timeout=2) if settings.redis_url else None
    relay = Relay(redis, feed, connections, app.app_context)

    def wake(due_at: datetime) -> None:
        timekeeper.wake(due_at)

    engine: MatchEngine = Engine(MatchSubject(problems), connect, Publishing(relay), clock, wake)
    reader = MatchReader(engine, problems)
    relay.read_from(reader)
    deadlines = Deadlines(engine, referee, roster, clock)

    def on_judged(submission_id: int, judgement: Judgement) -> None:
        with app.app_context():
            judging.record(submission_id, judgement)

    slots, trial_slots = make_slots(settings)
    queue = LocalJudgeQueue(judge.grader, slots, on_judged, connections.address_of) if judge.grader else None
    judging = Judging(engine, problems, queue, roster, clock, settings.judge_patience_seconds)
    arrivals = Arrivals(engine, rules, roster, clock, wake)
    pairing = Pairing(engine, referee, roster, clock)
    submit_rate, save_rate = Rate(settings.submit_rate, "submit", storage), Rate(SAVE_RATE, "save", storage)
    matches = Matches(
        engine, pairing, problems, judging, roster, arrivals, clock, rate=submit_rate, save_rate=save_rate
    )
    reviewing = Reviewing(reader, problems, model, clock)
    run_rate = Rate(settings.run_rate, "run", storage)
    runs = TrialRuns(reader, problems, judge.grader, trial_slots, run_rate, connections.address_of)
    event_rate = Rate(settings.event_rate, "event", storage)
    classic = ClassicRooms(engine, referee, users, clock) if settings.classic_client else None
    audience = Audience(socketio, classic, relay.said) if classic else None
    classic_door = None
    if classic and audience:
        classic_door = ClassicDoor(socketio, classic, audience, settings.classic_frame_rate)
    requests = MatchRequests(matches, arrivals, reader, runs, feed).rows()
    limit = settings.sockets_per_user
    door = Door(socketio, tokens, arrivals, connections, feed, sender, event_rate, limit, requests, classic_door)
    door.open()
    relay.on_token = door.close_token
    if audience:
        relay.on_classic = audience.hear
    tokens.on_revoked(relay.token_ended)

    def every_second() -> None:
        arrivals.keep()
        door.close_expired(clock())
        door.close_silent(settings.ping_timeout_seconds / 5)  # it is done again only after a second
        relay.look()
        if audience:
            audience.look()
        matches.pair_waiting()
        judging.send_pending()
        judging.let_go_of_overdue()

    def every_five_seconds() -> None:
        if classic_door:
            classic_door.keep_seen()
        leftovers.look(connections.closed)

    thinning = Thinning(clock, settings.report_days)

    leftovers = Litter()

    def every_minute() -> None:
        thinning.step()
        door.close_revoked()
        deadlines.forget_receipts()

    timekeeper = Timekeeper(deadlines, (1, every_second), (5, every_five_seconds), (60, every_minute))
    scripts = Scripts(judge.grader, trial_slots) if classic else None
    drafts = Drafts(problems, clock, settings.ai_user_daily)
    grader = judge.grader.under(yielding(lambda: queue.depth if queue else 0)) if judge.grader else None
    stock, source = Stock(settings.ai_pool_size), f"Generated by {settings.openai_model}"
    drafting = Drafting(drafts, stock, model, grader, app.app_context, source[:200])
    logins = Logins(users, Rate(settings.guess_rate, "guess", storage), Rate(FAILED_NAME_RATE, "failed", storage))
    draft_door = DraftDoor(users, tokens, problems, records, drafts, drafting, model, settings.ai_wait_seconds)
    reports = Reports(problems, reader, clock, Rate(REPORT_RATE, "report", storage), settings.rank_floor)
    _routes(
        app,
        settings,
        judge,
        users,
        logins,
        tokens,
        problems,
        draft_door,
        reports,
        reader,
        reviewing,
        connections,
        queue,
        classic,
        scripts,
        relay,
        requests,
    )
    codemaze = Codemaze(
        settings=settings,
        socketio=socketio,
        door=door,
        users=users,
        tokens=tokens,
        problems=problems,
        reports=reports,
        matches=matches,
        reviewing=reviewing,
        judging=judging,
        arrivals=arrivals,
        reader=reader,
        deadlines=deadlines,
        timekeeper=timekeeper,
        operating=Operating(engine),
        queue=queue,
        judge=judge,
        model=model,
        drafts=drafts,
        drafting=drafting,
        connections=connections,
        feed=feed,
        engine=engine,
        relay=relay,
        classic=classic,
    )
    app.extensions["codemaze"] = codemaze
    return app, codemaze


def _routes(
    app: Flask,
    settings: Settings,
    judge: Judge,
    users: Users,
    logins: Logins,
    tokens: Tokens,
    problems: Problems,
    draft_door: DraftDoor,
    reports: Reports,
    reader: MatchReader,
    reviewing: Reviewing,
    connections: Connections,
    queue: LocalJudgeQueue | None,
    classic: ClassicRooms | None,
    scripts: Scripts | None,
    relay: Relay[Timeline],
    requests: Sequence[Row],
) -> None:
    checks = health.checks(settings, judge, problems, relay)

    def numbers() -> dict[str, int]:
        live, playable = count_live(), problems.count_in_play()
        return {"players": connections.count_users(), "matches": live, "problems": playable}

    protocol = asyncapi.document(requests, {**ANNOUNCEMENTS, **NOTICES})
    measured = metrics.registry(app, connections, queue, settings.data_folder)
    app.register_blueprint(site.blueprint(protocol, checks, numbers, measured))
    played = reviews.added(sessions.namespace(tokens, reader), tokens, reviewing)
    classic_routes.add_report(played, tokens, reader, classic)
    namespaces = [
        auth.namespace(users, logins, tokens),
        user_routes.namespace(users, tokens, reader, classic=classic is not None),
        problem_routes.namespace(problems, records, users, tokens, draft_door),
        report_routes.namespace(problems, reports, users, tokens),
        problem_routes.languages_namespace(problems),
        played,
    ]
    if scripts:
        namespaces.append(classic_routes.namespace(scripts))
    api.mount(app, namespaces)
