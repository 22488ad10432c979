"""The languages that this server judges, one small file each: whatever defines a ``Language`` here is one."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Collection, Iterator

from application.judge.languages.language import Host, Language, NotInstalled

FIRST = ("python", "javascript", "typescript", "java", "cpp", "c", "csharp", "go", "kotlin", "rust")
"""The order in which people are shown the languages; the others follow by name."""


def known() -> list[type[Language]]:
    """Every language that there is a file for, installed here or not."""
    found = {language.id: language for module in _modules() for language in _defined(module)}
    rank = {name: index for index, name in enumerate(FIRST)}
    return sorted(found.values(), key=lambda language: (rank.get(language.id, len(rank)), language.name))


def named(language_id: str) -> type[Language]:
    """The language of this id, installed here or not; raises KeyError."""
    return {language.id: language for language in known()}[language_id]


def find_all(host: Host, only: Collection[str] = ()) -> tuple[dict[str, Language], dict[str, str]]:
    """The languages of this machine by id, and for the others why they are not. Unless ``only`` is empty, no other
    than Python and those it names is looked for."""
    languages: dict[str, Language] = {}
    missing: dict[str, str] = {}
    for kind in known():
        if only and kind.id not in ("python", *only):
            missing[kind.id] = "is not wanted here (LANGUAGES)"
            continue
        try:
            languages[kind.id] = kind.find(host)
        except NotInstalled as reason:
            missing[kind.id] = str(reason)
    return languages, missing


def _modules() -> Iterator[str]:
    for module in pkgutil.iter_modules(__path__):
        yield f"{__name__}.{module.name}"


def _defined(module: str) -> Iterator[type[Language]]:
    for _, found in inspect.getmembers(importlib.import_module(module), inspect.isclass):
        if issubclass(found, Language) and not inspect.isabstract(found) and found.__module__ == module:
            yield found
