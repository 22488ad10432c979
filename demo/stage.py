"""Where the demo is played: the terminal."""

from __future__ import annotations

import re
import time
from pathlib import Path

from rich.console import Console
from rich.table import Table

WIDTH = 104


class Stage:
    """The terminal in two halves: Ada's on the left, Bob's on the right."""

    def __init__(self, fast: bool, svg: Path | None) -> None:
        self._fast, self._svg = fast, svg
        shown = {"width": WIDTH, "force_terminal": True} if svg else {}
        self._console = Console(record=bool(svg), highlight=False, **shown)  # type: ignore[arg-type]

    def say(self, ada: str = "", bob: str = "", pause: float = 0.6) -> None:
        """A line for each of the two, then time to read it (seconds)."""
        line = Table.grid(padding=(0, 2))
        for _ in range(2):
            line.add_column(width=(min(self._console.width, WIDTH) - 4) // 2)
        line.add_row(f"[cyan]{ada}[/]", f"[magenta]{bob}[/]")
        self._console.print(line)
        if not self._fast:
            time.sleep(pause)

    def both(self, text: str, pause: float = 0.6) -> None:
        """A line for the spectators."""
        self._console.print(f"[dim]{text}[/]")
        if not self._fast:
            time.sleep(pause)

    def close(self) -> None:
        """Keep the picture, where one was asked for."""
        if self._svg:
            picture = self._console.export_svg(title="make demo")
            # A picture in a README loads no fonts from elsewhere.
            self._svg.write_text(re.sub(r"@font-face \{.*?\}\s*", "", picture, flags=re.DOTALL))


def require(holds: bool, what: str) -> None:
    """Raises when something that the demo is to show is not so."""
    if not holds:
        raise RuntimeError(f"It did not hold that {what}.")
