"""What players ask over Socket.IO: looking for an opponent, playing, coming back."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import Field

from application.base.clock import utc_now
from application.base.timestamp import iso
from application.matches.arrivals import Arrivals
from application.matches.coming_back import ComingBack
from application.matches.reading import MatchReader
from application.matches.service import Matches
from application.matches.trials import TrialRuns
from application.realtime.connections import Connection
from application.realtime.requests import MAX_CODE_LENGTH, Acknowledgement, Request, Room, Row, Text

Json = dict[str, Any]

Language = Annotated[Text, Field(min_length=1, max_length=20, description="The id of a language, as GET /languages.")]
Code = Annotated[Text, Field(max_length=MAX_CODE_LENGTH, description="The whole source text.")]


class FindMatch(Request):
    """Look for an opponent. Answered again and again the same while waiting or in a match."""


class CancelFind(Request):
    """Look for an opponent no longer."""


class Resume(Request):
    """Come back to a match: what was missed since event ``after``, or without it the whole view."""

    room: Room | None = Field(default=None, description="Left out: the match you are in.")
    after: int | None = Field(default=None, ge=0, le=2**31 - 1, description="The last event you have, 0 for none.")


class SubmitCode(Request):
    """Hand in a solution; the verdict follows as ``submission_judged``."""

    room: Room
    language: Language
    code: Code


class SaveCode(Request):
    """Keep what is being written, for when you come back: ``last_code`` in the view. At most once a second."""

    room: Room
    language: Language
    code: Code


class RunCode(Request):
    """Try code without handing it in: on the examples, or on ``args``. Only you see the results."""

    room: Room
    language: Language
    code: Code
    args: list[Any] | None = Field(default=None, description="One value a parameter; left out: the examples.")


class RoomRequest(Request):
    """A request about a room and nothing else."""

    room: Room


class Resign(RoomRequest):
    """Give the match up."""


class ClaimWin(RoomRequest):
    """Claim the win over an opponent who has been gone past ``claim_at``."""


class FindMatchAck(Acknowledgement):
    """``waiting``, or ``matched`` with the room."""

    status: str = Field(description="waiting or matched")
    room: str | None = None


class ResumeAck(Acknowledgement):
    """``events`` when ``after`` was given, else ``view``; ``room`` null when you are in no match."""

    room: str | None
    status: str | None = Field(default=None, description="Without a match: waiting (in the lobby) or idle.")
    version: int | None = None
    events: list[dict[str, Any]] | None = Field(default=None, description="Envelopes, each with its name as `event`.")
    view: dict[str, Any] | None = None
    messages: list[dict[str, Any]] | None = Field(
        default=None, description="With the view: what was said last that you may read, up to 50."
    )
    now: str = Field(description="The server's time, ISO 8601 with milliseconds.")
    last: dict[str, Any] | None = Field(
        default=None,
        description="{room, session_id, outcome} of a match whose end you missed, told once within ten minutes.",
    )


class SubmitCodeAck(Acknowledgement):
    """The number of the submission, and of the event that announces it."""

    submission_id: int
    version: int


class RunCodeAck(Acknowledgement):
    """One result a call, in order."""

    results: list[dict[str, Any]] = Field(
        description="{args, expected, got, verdict, message, console, time_ms, memory_kib}"
    )


class VersionAck(Acknowledgement):
    """The number of the last event that the request caused."""

    version: int


class MatchRequests:
    """The requests of matches, on the services that carry them out."""

    def __init__(
        self, matches: Matches, arrivals: Arrivals, reader: MatchReader, trials: TrialRuns, back: ComingBack
    ) -> None:
        self._matches, self._arrivals, self._reader = matches, arrivals, reader
        self._trials, self._back = trials, back

    def rows(self) -> list[Row]:
        """The table."""
        matches, trials = self._matches, self._trials
        return [
            Row("find_match", FindMatch, FindMatchAck, lambda by, a: matches.find(by.user_id, a.client_id), True),
            Row("cancel_find", CancelFind, Acknowledgement, lambda by, a: matches.cancel_find(by.user_id, a.client_id)),
            Row("resume", Resume, ResumeAck, self._resume, arriving=True),
            Row(
                "submit_code",
                SubmitCode,
                SubmitCodeAck,
                lambda by, a: matches.submit(by.user_id, a.room, a.language, a.code, a.client_id),
                arriving=True,
            ),
            Row(
                "save_code",
                SaveCode,
                Acknowledgement,
                lambda by, a: matches.save_code(by.user_id, a.room, a.language, a.code),
            ),
            Row(
                "run_code",
                RunCode,
                RunCodeAck,
                lambda by, a: trials.run(by.user_id, a.room, a.language, a.code, a.args),
                in_turn=False,
            ),
            Row("resign", Resign, VersionAck, lambda by, a: matches.resign(by.user_id, a.room, a.client_id)),
            Row(
                "claim_win",
                ClaimWin,
                VersionAck,
                lambda by, a: matches.claim_win(by.user_id, a.room, a.client_id),
                True,
            ),
        ]

    def _resume(self, by: Connection, asked: Resume) -> Json:
        room = asked.room or self._arrivals.live_room(by.user_id)
        if room is not None:
            return self._back.open(by, room, asked.after)
        now = utc_now()
        answer = {"room": None, "status": self._matches.lobby_status(by.user_id), "now": iso(now)}
        last = self._reader.untold(by.user_id, now)
        return answer | {"last": last} if last else answer
