"""What may not be done in a room, or not by everybody."""

from __future__ import annotations

from application.base.errors import CodemazeError


class InvalidSettings(CodemazeError):
    code, status, default = "invalid_settings", 422, "A room cannot have these settings."


class RoomFull(CodemazeError):
    code, status, default = "room_full", 409, "All seats of this room are taken."


class RoomClosed(CodemazeError):
    code, status, default = "room_closed", 409, "This room cannot be entered any more."


class NotInvited(CodemazeError):
    code, status, default = "not_invited", 403, "This room is not open to you."


class NotTheHost(CodemazeError):
    code, status, default = "not_the_host", 403, "Only the host of the room can do that."


class NotAMember(CodemazeError):
    code, status, default = "not_a_member", 403, "Only members of the room can be named here."


class TooFewPlayers(CodemazeError):
    code, status, default = "too_few_players", 409, "There are too few players here to begin."


class MatchUnderWay(CodemazeError):
    code, status, default = "match_under_way", 409, "Not while a match is going on."


class NothingToRepeat(CodemazeError):
    code, status, default = "nothing_to_repeat", 409, "There is a rematch only after a match, and among its players."


class BusyElsewhere(CodemazeError):
    code, status, default = "busy_elsewhere", 409, "You are in a match that is going on in another room."


class NothingToDo(CodemazeError):
    code, status, default = "nothing_to_do", 409, "The room is already as it was asked to be."
