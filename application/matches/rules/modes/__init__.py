"""The modes in which a match can be played, by name, a file each."""

from __future__ import annotations

from application.matches.rules.modes import fastest, shortest
from application.matches.rules.modes.mode import Mode

MODES: dict[str, Mode] = {"fastest": fastest.MODE, "shortest": shortest.MODE}
