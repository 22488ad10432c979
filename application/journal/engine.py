"""The one place where journals grow: lock, clock, decide, append, project, commit, and only then publish.

A ``Subject`` knows what a journal is about: how events are decoded and folded, which events a command causes, and what
follows from each. The engine does what is the same for all: commands take turns on the room's row, an event is appended
in the transaction of its consequences, and nothing is published before it is committed.

Locks are taken in one order: advisory locks, rooms (several of them by their code), users (by id).
"""

from __future__ import annotations

import secrets
import string
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from application.base.clock import Clock
from application.base.turns import Turns
from application.journal.cache import Cache, Kept
from application.journal.errors import MatchNotFound, RoomCodeTaken
from application.journal.receipts import once
from application.journal.transaction import Connect, Row, Transaction, transaction

Json = dict[str, Any]

CODE_LENGTH = 6
CACHE_MIB = 64
"""How much memory the cache of decoded journals may take; a duel takes some 40 KiB."""


class Entry(Protocol):
    """An event with its number and its time."""

    @property
    def version(self) -> int:
        """Its number in its room."""
        ...

    @property
    def at(self) -> datetime:
        """When it was recorded."""
        ...


class Journal(Kept, Protocol):
    """A journal as it stands at one version."""

    @property
    def room_id(self) -> int:
        """The id of its room."""
        ...

    @property
    def room(self) -> str:
        """The code of its room."""
        ...

    @property
    def first(self) -> int:
        """The number of the event that its last chapter begins with."""
        ...


J = TypeVar("J", bound=Journal)
C = TypeVar("C", contravariant=True)
E = TypeVar("E", bound=Entry)


class Subject(Protocol[J, C, E]):
    """What a kind of journal is about."""

    def empty(self, room_id: int, code: str) -> J:
        """The journal of a room in which nothing has happened."""
        ...

    def read(self, asked: Transaction, journal: J, after: int | None = None) -> J:
        """The journal with everything that was committed after it. For a room not read before: from the first event
        that its state depends on, or from the beginning of the match that event number ``after`` belongs to."""
        ...

    def decide(self, asked: Transaction, journal: J, command: C, at: datetime) -> Sequence[E]:
        """The entries that the command causes; raises a named error when it is refused."""
        ...

    def grown(self, journal: J, entries: Sequence[E], reports: Mapping[int, Json]) -> J:
        """The journal with these entries added; ``reports`` is what only their authors are shown."""
        ...

    def encoded(self, entry: E) -> tuple[str, str]:
        """The name of an entry, and its fields as JSON, as they are stored."""
        ...

    def project(self, written: Transaction, journal: J, entry: E, live: bool) -> datetime | None:
        """Bring the tables up to date with an entry, which the journal has already. Returns when something falls due
        because of it. What is not ``live`` was over before it was stored."""
        ...


Shown = TypeVar("Shown", bound=Journal, contravariant=True)


class Publisher(Protocol[Shown]):
    """Sends a journal's events to connections."""

    def open(self, journal: Shown) -> None:
        """A match is about to begin: let its players' connections follow it."""
        ...

    def publish(self, journal: Shown, before: Shown | None) -> None:
        """Send everybody what they have not been sent yet. ``before`` is the journal before this act."""
        ...


class Act(Generic[J, C, E]):
    """One transaction over one or several journals. It is made by ``Engine.act``."""

    def __init__(self, engine: Engine[J, C, E], asked: Transaction, clock: Clock) -> None:
        self._engine, self._clock, self.at = engine, clock, clock()
        self.transaction = asked
        self.before: dict[str, J] = {}
        self.after: dict[str, J] = {}
        self.passed: list[J] = []
        """Journals as they stood when a match began in them that had grown in this act already."""
        self.opened: set[str] = set()
        self.due: datetime | None = None

    def once(self, user_id: int, client_id: str | None, request: str, answer: Callable[[], Json]) -> Json:
        """The answer of ``answer()``, or the first answer if this user's command with this ``client_id`` was carried
        out before."""
        return once(self.transaction, user_id, client_id, request, self.at, answer)

    def lock(self, code: str) -> J:
        """The journal of this room, which nobody else appends to until the act ends; raises MatchNotFound."""
        found = self._locked(_LOCK, code)
        if found is None:
            raise MatchNotFound
        return found

    def try_lock(self, code: str) -> J | None:
        """The same, or None when another transaction has locked it or there is no such room."""
        return self._locked(_TRY_LOCK, code)

    def new_room(self, code: str) -> J:
        """The empty journal of a new room with this code; raises RoomCodeTaken."""
        rows = self.transaction.read(_NEW, {"codes": [code], "at": self.at})
        if not rows:
            raise RoomCodeTaken
        self.at = self._clock()
        return self._engine.subject.empty(rows[0][0], code)

    def new_rooms(self, number: int) -> list[J]:
        """The empty journals of so many new rooms, each with a code that no other has."""
        made: list[J] = []
        while len(made) < number:
            codes = [room_code() for _ in range(number - len(made))]
            rows = self.transaction.read(_NEW, {"codes": codes, "at": self.at})
            made += [self._engine.subject.empty(room_id, code) for room_id, code in rows]
        self.at = self._clock()
        return made

    def carry_out(
        self,
        journal: J,
        command: C,
        reports: Mapping[int, Json] | None = None,
        *,
        at: datetime | None = None,
        live: bool = True,
    ) -> J:
        """Carry the command out in a locked journal; the journal after it. Raises what the rules raise.

        ``at`` is when it happened, now if it is left out; ``reports`` and ``live`` are as for the ``Subject``.
        """
        subject = self._engine.subject
        entries = subject.decide(self.transaction, journal, command, at or self.at)
        grown = subject.grown(journal, entries, reports or {})
        values: list[object] = []
        for entry in entries:
            name, fields = subject.encoded(entry)
            values += (journal.room_id, entry.version, name, fields, entry.at)
        self.transaction.write(_APPEND + ", ".join(["(%s, %s, %s, %s, %s)"] * len(entries)), values)
        for entry in entries:
            due = subject.project(self.transaction, grown, entry, live)
            if due is not None and (self.due is None or due < self.due):
                self.due = due
        self.transaction.write(_VERSION, (grown.version, journal.room_id))
        if not live:  # nobody is told of it now
            return grown
        if grown.first > journal.version:
            self.opened.add(journal.room)
            if journal.room in self.after:
                self.passed.append(journal)
        self.before.setdefault(journal.room, journal)
        self.after[journal.room] = grown
        return grown

    def _locked(self, statement: str, code: str) -> J | None:
        rows = self.transaction.read(statement, (code,))
        self.at = self._clock()  # the lock may have been waited for, and time in a journal never steps back
        return self._engine.known(self.transaction, code, rows[0]) if rows else None


class Engine(Generic[J, C, E]):
    """The journals of one kind of subject, as this process reads and changes them."""

    def __init__(
        self,
        subject: Subject[J, C, E],
        connect: Connect,
        publisher: Publisher[J],
        clock: Clock,
        wake: Callable[[datetime], None],
        cache_mib: float = CACHE_MIB,
    ) -> None:
        """``wake`` is called after a commit with the earliest time at which something falls due because of it."""
        self.subject, self.connect = subject, connect
        self._publisher, self._clock, self._wake = publisher, clock, wake
        self.cache: Cache[J] = Cache(int(cache_mib * 1024 * 1024))
        self._turns: Turns[str] = Turns()

    @contextmanager
    def act(self) -> Iterator[Act[J, C, E]]:
        """One transaction: what is carried out in the block is committed and then published."""
        with transaction(self.connect) as asked:
            act: Act[J, C, E] = Act(self, asked, self._clock)
            yield act
            for code in act.opened:
                self._publisher.open(act.after[code])
        self._show(act)

    def read(self, code: str) -> J:
        """The journal of this room as it is now; raises MatchNotFound."""
        with transaction(self.connect) as asked:
            rows = asked.last(_STAND, (code,))
        if not rows:
            raise MatchNotFound
        known = self.cache.get(code)
        if known is not None and known.version >= rows[0][1]:
            return known
        with self._turns.of(code):  # of many who want a journal that nobody has read yet, one reads it
            known = self.cache.get(code)
            if known is not None and known.version >= rows[0][1]:
                return known
            with transaction(self.connect) as asked:
                journal = self.subject.read(asked, known or self.subject.empty(rows[0][0], code))
            self.cache.put(code, journal)
        return journal

    def read_after(self, code: str, after: int) -> J:
        """The journal with everything after event number ``after``, whichever match that belongs to."""
        journal = self.read(code)
        with transaction(self.connect) as asked:
            return self.subject.read(asked, self.subject.empty(journal.room_id, code), after)

    def known(self, asked: Transaction, code: str, stand: Row) -> J:
        """The journal at the version that its locked row has."""
        room_id, version = stand
        known = self.cache.get(code)
        if known is not None and known.version == version:
            return known
        if known is None or known.version > version:
            known = self.subject.empty(room_id, code)
        return self.subject.read(asked, known) if version else known

    def _show(self, act: Act[J, C, E]) -> None:
        for journal in act.passed:
            self._publisher.publish(journal, act.before[journal.room])
        for code, journal in act.after.items():
            self.cache.put(code, journal)
            self._publisher.publish(journal, act.before[code])
        if act.due is not None:
            self._wake(act.due)


def room_code() -> str:
    """A new random code for a room."""
    return "".join(secrets.choice(string.ascii_uppercase) for _ in range(CODE_LENGTH))


_STAND = "SELECT id, version FROM rooms WHERE code = %s"
_LOCK = _STAND + " FOR UPDATE"
_TRY_LOCK = _LOCK + " SKIP LOCKED"
_NEW = """
    INSERT INTO rooms (code, version, created_at) SELECT unnest(%(codes)s), 0, %(at)s
    ON CONFLICT (code) DO NOTHING RETURNING id, code"""
_APPEND = "INSERT INTO room_events (room_id, version, name, payload, at) VALUES "
_VERSION = "UPDATE rooms SET version = %s WHERE id = %s"
