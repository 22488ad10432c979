"""Pages for browsers, each with a policy of its own: nothing runs and nothing is loaded but what the page names."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from functools import cache
from itertools import pairwise
from pathlib import Path

from flask import Response, render_template, request
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from application.web.policy import NOTHING

PROTOCOL = Path(__file__).resolve().parents[2] / "docs" / "protocol" / "matches.md"

_STYLES = "; style-src 'nonce-{nonce}'; img-src data:"
_SCRIPTS = (
    "; script-src 'self' 'nonce-{nonce}'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'"
    "; img-src 'self' data:; font-src 'self'; connect-src 'self'"
)


def page(template: str, shown: Mapping[str, object], *, scripts: bool = False) -> Response:
    """A page. It names its styles by ``nonce``, and its scripts, where it has any."""
    nonce = secrets.token_urlsafe(16)
    response = Response(render_template(template, nonce=nonce, **shown), mimetype="text/html")
    response.headers["Content-Security-Policy"] = NOTHING + (_SCRIPTS if scripts else _STYLES).format(nonce=nonce)
    return response


def protocol() -> Response:
    """The protocol as a page; as it is written to who would rather have plain text."""
    accepted, text = request.accept_mimetypes, PROTOCOL.read_text(encoding="utf-8")
    if accepted["text/plain"] > accepted["text/html"]:
        response = Response(text, mimetype="text/plain")
    else:
        response = page("protocol.html", {"text": _rendered(text)})
    response.vary.add("Accept")
    return response


@cache
def _rendered(text: str) -> Markup:
    """Markdown as HTML, with a name for every heading as GitHub gives it. Links to files that are not served lead
    nowhere from here, so only their words stay."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", _anchor(inline.content))
    for token in tokens:
        if token.children:
            token.children = _within_reach(token.children)
    return Markup(markdown.renderer.render(tokens, markdown.options, {}))


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _within_reach(tokens: list[Token]) -> list[Token]:
    kept: list[Token] = []
    leads_somewhere = True
    for token in tokens:
        if token.type == "link_open":
            leads_somewhere = str(token.attrGet("href")).startswith(("#", "https://"))
        if token.type not in ("link_open", "link_close") or leads_somewhere:
            kept.append(token)
    return kept
