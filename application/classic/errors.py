"""What the classic client is refused."""

from __future__ import annotations

from application.base.errors import CodemazeError


class ClassicClientOff(CodemazeError):
    code, status = "classic_client_off", 403
    default = "This server records matches itself; reporting one is for the classic client, which is switched off."


class WinnerNotAnnounced(CodemazeError):
    code, status = "winner_not_announced", 403
    default = "These two have played no game in which that winner was announced."


class NotSeated(CodemazeError):
    code, status, default = "not_seated", 409, "Join a room first."


class NotAWin(CodemazeError):
    code, status = "not_a_win", 409
    default = (
        "A player announces their own win, once a game, after a question was set and a submission button was pressed."
    )
