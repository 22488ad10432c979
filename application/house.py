"""Which capabilities there are, from below up, and what each is given of those below. The only file that knows all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from flask import Flask

from application.accounts import parts as accounts_parts
from application.accounts.signing_key import signing_key
from application.ai.model import Model, make_model
from application.base.clock import Clock, utc_now
from application.base.config import Settings
from application.bots import parts as bots_parts
from application.chat import parts as chat_parts
from application.chat.company import RoomsCompany
from application.classic import parts as classic_parts
from application.judge import parts as judge_parts
from application.judge.machine import Judge
from application.matches import parts as matches_parts
from application.matches.records import records
from application.matches.timeline import Timeline
from application.problems.authoring import parts as authoring_parts
from application.problems.catalogue import parts as catalogue_parts
from application.problems.catalogue.service import Chooser
from application.problems.generating import parts as generating_parts
from application.profiles import parts as profiles_parts
from application.realtime import parts as realtime_parts
from application.realtime.contribution import Contribution, together
from application.realtime.door import Door
from application.reviews import parts as reviews_parts
from application.rooms import parts as rooms_parts
from application.web import parts as web_parts


@dataclass(frozen=True)
class Codemaze:
    """The running parts of one server, for whoever starts, stops or tests it, and what each adds to the whole."""

    settings: Settings
    judge: Judge
    web: web_parts.Web
    sockets: realtime_parts.Sockets[Timeline]
    door: Door
    accounts: accounts_parts.Accounts
    model: Model
    catalogue: catalogue_parts.Catalogue
    matches: matches_parts.MatchParts
    rooms: rooms_parts.RoomParts
    bots: bots_parts.BotParts
    generating: generating_parts.Generating
    authoring: authoring_parts.Authoring
    reviews: reviews_parts.Reviews
    talk: chat_parts.Talk
    contributions: tuple[Contribution, ...]


def build(
    settings: Settings, judge: Judge, *, clock: Clock = utc_now, choose: Chooser | None = None
) -> tuple[Flask, Codemaze]:
    """The whole server, not yet running."""
    codemaze = furnish(settings, judge, clock, choose)
    open_doors(codemaze, codemaze.contributions)
    return codemaze.web.app, codemaze


def furnish(settings: Settings, judge: Judge, clock: Clock, choose: Chooser | None) -> Codemaze:
    """Every capability, its doors still closed."""
    web = web_parts.build(settings, settings.jwt_secret_key or signing_key(settings.data_folder / "signing_key"))
    context, storage, socketio = web.app.app_context, web.storage, web.socketio
    sockets: realtime_parts.Sockets[Timeline] = realtime_parts.build(settings, socketio, context)
    grading = judge_parts.build(settings, judge)
    accounts = accounts_parts.build(settings, clock, storage)
    users, tokens = accounts.users, accounts.tokens
    model = make_model(settings, clock)
    catalogue = catalogue_parts.build(judge, choose)
    problems = catalogue.problems
    company = rooms_parts.company(clock)
    matches = matches_parts.build(settings, clock, context, storage, sockets, tokens, problems, grading, company)
    reader = matches.reader
    squad = bots_parts.squad(problems)
    rooms = rooms_parts.build(settings, clock, storage, sockets, users, problems, matches, company, squad.take)
    bots = bots_parts.build(settings, clock, context, sockets, problems, grading, matches, squad)
    generating = generating_parts.build(
        settings, clock, context, users, tokens, model, problems, records, judge.grader, matches.queue
    )
    authoring = authoring_parts.build(settings, clock, storage, users, tokens, problems, reader)
    reviews = reviews_parts.build(clock, tokens, model, problems, reader)
    talk = chat_parts.build(settings, clock, storage, sockets, users, tokens, RoomsCompany(reader), matches.back)
    classic = classic_parts.build(
        settings, clock, socketio, sockets.relay, users, tokens, grading, matches.engine, matches.referee, reader
    )
    entrance = realtime_parts.build_door(
        settings, clock, storage, socketio, sockets, tokens, matches.arrivals, classic.door
    )
    contributions = (
        web.contribution,
        sockets.contribution,
        entrance.contribution,
        grading.contribution,
        accounts.contribution,
        profiles_parts.build(settings, users, tokens, reader),
        generating.contribution,
        authoring.contribution,
        catalogue.contribution,
        matches.contribution,
        rooms.contribution,
        bots.contribution,
        reviews.contribution,
        talk.contribution,
        classic.contribution,
    )
    return Codemaze(
        settings,
        judge,
        web,
        sockets,
        entrance.door,
        accounts,
        model,
        catalogue,
        matches,
        rooms,
        bots,
        generating,
        authoring,
        reviews,
        talk,
        contributions,
    )


def open_doors(codemaze: Codemaze, contributions: Iterable[Contribution]) -> None:
    """Put everything that the capabilities add where it is used."""
    whole = together(contributions)
    codemaze.door.open(whole.requests)
    codemaze.matches.timekeeper.also(whole.regular)
    web_parts.mount(codemaze.web.app, whole)
    codemaze.web.app.extensions["codemaze"] = codemaze
