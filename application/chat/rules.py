"""What may be said where, and how it is written. Pure: no clock is read, nothing is asked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from application.chat.errors import ChatOff, WrongChannel

Channel = Literal["room", "watchers"]
CHANNELS: tuple[Channel, ...] = ("room", "watchers")

MAX_TEXT = 280
"""Characters of a message, once it is cleaned."""

REPEAT_SECONDS = 60
"""For so long nobody says the same again,"""
REPEAT_LINES = 5
"""as one of their last so many lines."""

_STRIPPED = ("Cc", "Cf", "Cs", "Co")
"""Categories of characters that show nothing and change how others are shown: controls, marks of direction, joiners."""
_UNSEEN = frozenset("\u034f\u17b4\u17b5")
"""Marks of no width that are of none of these."""
_EMPTY = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and signs that look like a blank."""


def clean(text: str) -> str:
    """The text as it is kept and shown: composed, on one line, without what cannot be seen; empty when nothing can."""
    kept = "".join(" " if _is_blank(one) else one for one in text if _is_blank(one) or not _is_stripped(one))
    cleaned = " ".join(unicodedata.normalize("NFC", kept).split())
    return cleaned if any(unicodedata.category(one)[0] not in ("M", "Z") for one in cleaned) else ""


def repeats(text: str, said: Iterable[str]) -> bool:
    """Whether the text is one of these but for capitals and for letters and blanks that are repeated. All are clean."""
    squeezed = _squeezed(text)
    return any(squeezed == _squeezed(one) for one in said)


@dataclass(frozen=True)
class Standing:
    """Somebody in a room. ``chat`` is the room's setting, ``playing`` whether its match runs."""

    role: Literal["player", "watcher"]
    is_host: bool
    chat: Literal["all", "players", "off"]
    playing: bool


def require_writable(standing: Standing, channel: Channel) -> None:
    """Raises ChatOff or WrongChannel where somebody of this standing may not write."""
    if standing.chat == "off":
        raise ChatOff
    if channel not in readable(standing):
        raise WrongChannel
    kept_apart = standing.playing and standing.chat == "players"
    if kept_apart and channel == "room" and standing.role == "watcher" and not standing.is_host:
        raise WrongChannel


def readable(standing: Standing) -> tuple[Channel, ...]:
    """The channels that somebody of this standing reads: who plays is not to be helped by who watches."""
    return ("room",) if standing.playing and standing.role == "player" else CHANNELS


def _is_blank(character: str) -> bool:
    return character.isspace() or character in _EMPTY


def _is_stripped(character: str) -> bool:
    return character in _UNSEEN or unicodedata.category(character) in _STRIPPED


def _squeezed(text: str) -> str:
    """A number stays what it is: 11 is not 1."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    return re.sub(r"(\D)\1+", r"\1", folded)
