"""What is refused of those who talk."""

from __future__ import annotations

from application.base.errors import CodemazeError


class ChatOff(CodemazeError):
    code, status, default = "chat_off", 403, "There is no chat here."


class Muted(CodemazeError):
    code, status, default = "muted", 403, "You have been muted in this room for a while."


class Blocked(CodemazeError):
    code, status, default = "blocked", 403, "One of you has blocked the other."


class WrongChannel(CodemazeError):
    code, status, default = "wrong_channel", 409, "While the match runs, you do not write in this channel."


class MessageNotFound(CodemazeError):
    code, status, default = "message_not_found", 404, "There is no such message, or you may not read it."


class NotYourMessage(CodemazeError):
    code, status, default = "not_your_message", 403, "Its author, the host or a teacher may hide a message."
