"""The pages of the protocol say what the code does: every error, request, event and field, and none that is not."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from pydantic import BaseModel

import application
from application.base.errors import CodemazeError, by_code
from application.bots.offers import OFFERED
from application.chat.announcements import SAYINGS
from application.chat.requests import ChatRequests
from application.matches.announcements import ANNOUNCEMENTS, Envelope, View
from application.matches.requests import MatchRequests
from application.realtime.notices import NOTICES
from application.realtime.requests import Request
from application.rooms.announcements import TOLD as ROOMS_TOLD
from application.rooms.announcements import RoomEnvelope
from application.rooms.challenge_requests import ChallengeRequests
from application.rooms.requests import RoomRequests
from application.rooms.rules.settings import RoomSettings
from application.web.failure import CODES

HOUSE = Path(application.__file__).parent
DOCS = HOUSE.parent / "docs"
PAGES = {page.name: page.read_text(encoding="utf-8") for page in sorted((DOCS / "protocol").glob("*.md"))}
TEXT = "\n".join(PAGES.values())
ERRORS = [
    kind
    for file in sorted(HOUSE.glob("*/errors.py"))
    for kind in by_code(import_module(f"application.{file.parent.name}.errors")).values()
    if kind is not CodemazeError
]
OF_HTTP = {code for code, _ in CODES.values()} | {"error"}
"""What failures of HTTP itself are called, some of which are no errors of ours."""

OF_MATCHES = MatchRequests(None, None, None, None, None).rows()  # type: ignore[arg-type]
OF_ROOMS = [
    *RoomRequests(None, None, None, None, None, None, None).rows(),  # type: ignore[arg-type]
    *ChallengeRequests(None, None, None).rows(),  # type: ignore[arg-type]
]
ROWS = {row.name: row for row in [*OF_MATCHES, *OF_ROOMS, *ChatRequests(None).rows()]}  # type: ignore[arg-type]
TOLD = {**ANNOUNCEMENTS, **ROOMS_TOLD, **SAYINGS, **NOTICES, **OFFERED}
LEFT_OUT = "..."


def table(header: str) -> dict[str, list[str]]:
    """The cells of every table with this header, by the name in the first one."""
    rows: dict[str, list[str]] = {}
    for found in re.findall(rf"^\| {re.escape(header)} .*\n\|[- |]+\n((?:\|.*\n)+)", TEXT, re.MULTILINE):
        for line in found.splitlines():
            name, *cells = (cell.strip() for cell in line.strip("|").split(" |"))
            assert name.strip("`") not in rows, name
            rows[name.strip("`")] = cells
    return rows


def fields(model: type[BaseModel], but: type[BaseModel] | None = None) -> set[str]:
    """The fields of a model that those of ``but`` are not; a ``?`` marks one that may be left out."""
    common = but.model_fields if but else {}
    own = {field.alias or name: field for name, field in model.model_fields.items() if name not in common}
    return {name if field.is_required() else f"{name}?" for name, field in own.items()}


def ticked(cell: str) -> set[str]:
    """What a cell has as code."""
    return set(re.findall(r"`([^`]+)`", cell))


def test_every_error_is_there_as_it_is() -> None:
    rows = {code: " | ".join(cells) for code, cells in table("code | status").items()}
    for kind in ERRORS:
        assert rows.pop(kind.code, "").startswith(f"{kind.status} | {kind.default}"), kind.code
    assert set(rows) <= OF_HTTP


def test_every_request_is_there_with_its_fields() -> None:
    rows = table("request | payload")
    assert set(rows) == set(ROWS)
    codes = {kind.code for kind in ERRORS}
    for name, (payload, acknowledgement, refused) in rows.items():
        row = ROWS[name]
        assert ticked(payload) == fields(row.payload, but=Request), name
        told = re.match(r"`\{(.*?)\}`", acknowledgement)
        assert told is not None, name
        assert set(filter(None, told[1].split(", "))) == fields(row.acknowledgement) - {"ok?"}, name
        assert ticked(refused) <= codes, name


def test_every_event_is_there_with_its_fields() -> None:
    rows = table("event | own fields")
    assert set(rows) == set(TOLD)
    for name, model in TOLD.items():
        common_to = next((kind for kind in (Envelope, RoomEnvelope) if issubclass(model, kind)), None)
        assert ticked(rows[name][0]) == fields(model, but=common_to), name
    common = PAGES["README.md"].split("## Events\n")[1].split("| event |")[0]
    assert set(re.findall(r"^\| `(\w+)`", common, re.MULTILINE)) == set(Envelope.model_fields)


def whole(example: str) -> str:
    """JSON of an example in which ``...`` stands for what is left out."""
    opened: list[str] = []
    made = []
    for piece in re.findall(r'"(?:\\.|[^"\\])*"|\.\.\.|[^".]|\.', example):
        if piece in "{[":
            opened.append(piece)
        elif piece in "}]":
            opened.pop()
        made.append((f'"{LEFT_OUT}": 0' if opened[-1] == "{" else f'"{LEFT_OUT}"') if piece == LEFT_OUT else piece)
    return "".join(made)


EXAMPLES = [
    (name, json.loads(whole(body)))
    for fence in re.findall(r"^```jsonc\n(.*?)^```$", TEXT, re.MULTILINE | re.DOTALL)
    for name, body in re.findall(r"^// (\w+).*\n((?:(?!// ).*\n)+)", fence, re.MULTILINE)
]
"""What is shown of each event and of the view, with its name."""


def compare(schema: dict[str, Any], shown: Any, schemas: dict[str, Any], seen: set[str], place: str) -> None:
    """Hold what is ``shown`` to the schema, and note in ``seen`` the fields that are shown."""
    if "$ref" in schema:
        place = schema["$ref"].split("/")[-1]
        schema = schemas[place]
    for choice in schema.get("anyOf", []):
        if shown is not None or choice.get("type") == "null":
            compare(choice, shown, schemas, seen, place)
    if isinstance(shown, dict) and "properties" in schema:
        assert shown.keys() - {LEFT_OUT} <= schema["properties"].keys(), place
        if LEFT_OUT not in shown:
            assert set(schema["required"]) <= shown.keys(), place
        for name in shown.keys() - {LEFT_OUT}:
            seen.add(f"{place}.{name}")
            compare(schema["properties"][name], shown[name], schemas, seen, f"{place}.{name}")
    elif isinstance(shown, list) and "items" in schema:
        for each in shown:
            if each != LEFT_OUT:
                compare(schema["items"], each, schemas, seen, place)


def test_every_field_that_is_sent_is_in_an_example() -> None:
    models = {**ANNOUNCEMENTS, **ROOMS_TOLD, "view": View}
    assert {name for name, _ in EXAMPLES} == set(models)
    seen: set[str] = set()
    expected: set[str] = set()
    for name, model in models.items():
        schema = model.model_json_schema()
        schemas = schema.get("$defs", {}) | {model.__name__: schema}
        expected |= {f"{place}.{field}" for place, each in schemas.items() for field in each.get("properties", {})}
        if issubclass(model, Envelope):
            expected -= {f"{model.__name__}.{field}" for field in Envelope.model_fields}  # they are in a table
        for shown in (shown for of, shown in EXAMPLES if of == name):
            compare(schema, shown, schemas, seen, model.__name__)
    assert expected - seen == set()


def test_the_reducer_is_shown_whole() -> None:
    assert (DOCS / "examples" / "view.mjs").read_text(encoding="utf-8") in PAGES["matches.md"]


def test_every_setting_of_a_room_is_there() -> None:
    assert set(table("setting | values")) == set(RoomSettings.model_fields)


def anchors(text: str) -> set[str]:
    """The names that GitHub gives to the headings."""
    outside = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    headings = re.findall(r"^#+ (.+)$", outside, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", [DOCS.parent / "README.md", *sorted(DOCS.rglob("*.md"))], ids=lambda page: page.name)
def test_every_link_between_documents_leads_somewhere(page: Path) -> None:
    text = re.sub(r"`[^`\n]+`", "", page.read_text(encoding="utf-8"))
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if not link.startswith(("https://", "http://")):
            file, _, heading = link.partition("#")
            target = (page.parent / file).resolve() if file else page
            assert target.exists(), link
            assert not heading or heading in anchors(target.read_text(encoding="utf-8")), link
