"""What every door of the program does first: the settings are read, all of them, and what is wrong is said at once.

The server, its workers, Flask's commands, the cluster and the demo come through here.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, MutableMapping
from difflib import get_close_matches
from pathlib import Path

from dotenv import dotenv_values
from dotenv.parser import parse_stream

from application.base.config import PROJECT, InvalidSetting, Settings
from application.judge.languages import known
from application.problems.catalogue.topics import FINER, TOPICS

ENV_FILE = PROJECT / ".env"

OTHERS = frozenset({"CODEMAZE_URL", "CODEMAZE_TEST_RUN"})
"""Names that begin as ours might and are no settings: the demo's and the tests'."""

_LOCALE = "LANGUAGE"
"""Not ours in the environment, where it is the locale's; in a file of settings it was meant to be."""

LIKE = 0.8
"""How alike two names are, from 0 to 1, when one is taken for the other misspelt."""


def read_settings(
    environment: MutableMapping[str, str] = os.environ,
    file: Path = ENV_FILE,
    warn: Callable[[str], None] = lambda line: print(line, file=sys.stderr, flush=True),
) -> Settings:
    """The settings of the environment and, where it has none, of ``file``; ``warn`` is told of names that mean nothing.

    All that the file sets is put into ``environment``, for some of it may be for others, such as a proxy.
    Raises InvalidSetting.
    """
    written, faults = _written(file)
    for line in _strangers(written, environment, file.name):
        warn(f"Warning: {line}")
    for name, text in written.items():
        environment.setdefault(name, text)
    return Settings.from_environment(environment, lambda _: faults, _languages, _topic)


def _written(file: Path) -> tuple[dict[str, str], list[str]]:
    """What the file sets, and what of it cannot be read."""
    try:
        # Editors of Windows begin a file with a mark that would become part of the first name.
        with file.open(encoding="utf-8-sig") as stream:
            lines = list(parse_stream(stream))
        with file.open(encoding="utf-8-sig") as stream:
            values = dotenv_values(stream=stream, verbose=False)
    except FileNotFoundError:
        return {}, []
    except (OSError, UnicodeDecodeError) as error:
        raise InvalidSetting([f"{file} cannot be read: {error}"]) from error
    wrong = [line for line in lines if line.error or (line.key and line.value is None)]
    faults = [f"{file.name}, line {line.original.line}: must be NAME=value" for line in wrong]
    return {name: text for name, text in values.items() if text is not None}, faults


def _strangers(written: Iterable[str], environment: Iterable[str], file: str) -> Iterator[str]:
    """A sentence for each name in the file that is no setting, and for each in the environment that was to be one."""
    names = [name for name, _ in Settings.described()]
    for name in written:
        if name not in names and name not in OTHERS:
            meant = _nearest(name, names)
            yield f"{file} sets {name}, which is no setting" + (f"; is {meant} meant?" if meant else ".")
    for name in environment:
        if name in names or name in OTHERS or name == _LOCALE or name in written:
            continue
        ours = name.upper().startswith("CODEMAZE_")
        meant = _nearest(name, names)
        if meant or ours:
            yield f"{name} in the environment is no setting" + (f"; is {meant} meant?" if meant else ".")


def _nearest(name: str, names: list[str]) -> str | None:
    found = get_close_matches(name.upper().removeprefix("CODEMAZE_"), names, 1, LIKE)
    return found[0] if found else None


def _languages(settings: Settings) -> Iterator[str]:
    ids = [language.id for language in known()]
    for asked in settings.languages:
        if asked not in ids:
            meant = get_close_matches(asked, ids, 1)
            hint = f"; is {meant[0]} meant?" if meant else "."
            yield f"LANGUAGES: {asked} is none of {', '.join(ids)}{hint}"


def _topic(settings: Settings) -> Iterator[str]:
    asked, topics = settings.duel_topic, {*TOPICS, *FINER}
    if asked and asked not in topics:
        meant = get_close_matches(asked, sorted(topics), 1)
        hint = f"; is {meant[0]} meant?" if meant else f"; the coarse ones are {', '.join(TOPICS)}"
        yield f"DUEL_TOPIC={asked}: must be a topic of problems{hint}"
