"""Pages for browsers, each with a policy of its own: nothing runs and nothing is loaded but what the page names."""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from functools import lru_cache
from itertools import pairwise

from flask import Response, abort, render_template, request
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from application.base.config import PROJECT
from application.web.policy import NOTHING

INDEX = "README"
PROTOCOL = {page.stem: page for page in (PROJECT / "docs" / "protocol").glob("*.md")}
"""The pages of the protocol by the names in their addresses; ``INDEX`` is at ``/protocol`` itself."""

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


def protocol(name: str = INDEX) -> Response:
    """A page of the protocol: HTML, or the Markdown itself for clients that prefer plain text."""
    if name not in PROTOCOL:
        abort(404)
    accepted, text = request.accept_mimetypes, PROTOCOL[name].read_text(encoding="utf-8")
    if accepted["text/plain"] > accepted["text/html"]:
        response = Response(text, mimetype="text/plain")
    else:
        title, body = _rendered(text, request.script_root)
        response = page("protocol.html", {"title": title, "text": body})
    response.vary.add("Accept")
    return response


@lru_cache(maxsize=64)
def _rendered(text: str, root: str) -> tuple[str, Markup]:
    """Title and HTML of a page. Every heading has the id that GitHub gives it. A link to a file that is not served
    would lead nowhere, so only its words stay."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = markdown.parse(text)
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            opening.attrSet("id", _anchor(inline.content))
    for token in tokens:
        if token.children:
            token.children = _within_reach(token.children, root)
    return tokens[1].content, Markup(markdown.renderer.render(tokens, markdown.options, {}))


def _anchor(heading: str) -> str:
    return re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-")


def _within_reach(tokens: list[Token], root: str) -> list[Token]:
    kept: list[Token] = []
    address: str | None = ""
    for token in tokens:
        if token.type == "link_open":
            address = _served(str(token.attrGet("href")), root)
            if address is not None:
                token.attrSet("href", address)
        if token.type not in ("link_open", "link_close") or address is not None:
            kept.append(token)
    return kept


def _served(link: str, root: str) -> str | None:
    """Where a link of the Markdown leads on this server; None when it leads to a file that is not served."""
    if link.startswith(("#", "https://")):
        return link
    file, mark, heading = link.partition("#")
    name = file.removesuffix(".md")
    if file not in {page.name for page in PROTOCOL.values()}:
        return None
    return f"{root}/protocol" + ("" if name == INDEX else f"/{name}") + mark + heading
