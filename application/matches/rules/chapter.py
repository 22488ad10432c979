"""A room and the match in it, decided together: what people do to the one may mean something for the other."""

from __future__ import annotations

from datetime import datetime

from application.matches.rules import commands as c
from application.matches.rules import events as e
from application.matches.rules import match as rules
from application.matches.rules.ending import Standings
from application.matches.rules.state import MatchState, Phase, evolve
from application.rooms.rules import room as room_rules
from application.rooms.rules import state as room_state
from application.rooms.rules.commands import RoomCommand
from application.rooms.rules.events import LeftBecause, Member, RoomEvent
from application.rooms.rules.room import Playing
from application.rooms.rules.state import RoomState


def decide(
    room: RoomState, state: MatchState, command: c.RoomsCommand, at: datetime, standings: Standings | None = None
) -> tuple[e.RoomsEvent, ...]:
    """The events that ``command`` causes in the room or in its match. Raises as the rules of both do."""
    if isinstance(command, RoomCommand):
        return room_rules.decide(room, playing(state), command)
    events = rules.decide(state, command, at, standings)
    if not isinstance(events[-1], e.MatchFinished):
        return events
    for event in events:
        state = evolve(state, event, at)
    away: dict[int, LeftBecause] = {
        player.seat.user_id: "left" if player.left else "gone" for player in state.players if player.gone
    }
    return (*events, *room_rules.after_the_match(room, away))


def playing(state: MatchState) -> Playing:
    """What of the match matters to its room."""
    live = state.phase in (Phase.COUNTDOWN, Phase.PLAYING)
    return Playing(live, state.phase is Phase.FINISHED, {player.seat.user_id for player in state.active})


def follow(room: RoomState, event: e.RoomsEvent) -> RoomState:
    """The room after one more event. A match begins with what is to be known of its room, so that nothing before it has
    to be."""
    if isinstance(event, RoomEvent):
        return room_state.evolve(room, event)
    if not isinstance(event, e.MatchFound):
        return room
    members = tuple(
        Member(seat.user_id, seat.username, seat.avatar, seat.rank, "player", seat.bot) for seat in event.players
    )
    if event.settings is None:
        return RoomState(settings=event.rules, members=members)
    return RoomState(event.settings, True, False, event.host_id, event.members, (), event.removed, event.invited_id)
