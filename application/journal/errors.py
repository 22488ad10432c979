"""What the engine of journals refuses by itself."""

from __future__ import annotations

from application.base.errors import CodemazeError


class ClientIdReused(CodemazeError):
    code, status, default = "client_id_reused", 409, "This client_id was used for another request before."


class MatchNotFound(CodemazeError):
    code, status, default = "match_not_found", 404, "There is no such match, or you are not in it."


class RoomCodeTaken(CodemazeError):
    code, status, default = "room_code_taken", 409, "There is a room of this code already."
