"""Texts that must not reach a page, and those that look like it and may."""

from __future__ import annotations

import pytest

from application.problems.catalogue.prose import unkept, unsafe, unsafe_title


@pytest.mark.parametrize(
    "text",
    [
        *(
            "`<b>` is a tag",
            "``a ` <b>``",
            "```html\n<script>\n```\nafter",
            "~~~\n<b>\n~~~",
            "```\n```",
            "a < b and b > c",
            "1 <2",
        ),
        *("Tom & Jerry: &c.", "the data are: 3", "\\\\`<b>`".replace("\\\\", "x "), "10 µm", "naïve Ελλάδα"),
    ],
)
def test_harmless(text: str) -> None:
    assert unsafe(text) is None


@pytest.mark.parametrize(
    "text",
    [
        *(
            "<b>",
            "a</b>",
            "<!-- x",
            "<?php",
            "`<b>",
            "   ```\n```\n<b>\n```",
            "```\n```~\n```\n<b>\n```",
            "\\`<b>\\`",
            "`` ` <b>```",
            "`a\n<b>\n`",
        ),
        *("~~~\n```\n~~~\n<b>\n```\n", "- ```\n  ```\n<b>\n```", "[x](javascript:y)", "[x](JavaScript&#58;y)"),
        *("[x](data:text/html,y)", "a\u200bb", "a\u202eb", "a\x00b", "a\ufeffb", "a\ud800b", "a\u2028b", "\ue000"),
    ],
)
def test_harmful(text: str) -> None:
    assert unsafe(text)


HARMLESS_LINKS = (
    *("https://example.org/a_(b)?c=d:e#f", "http://example.org", "HTTPS://example.org", "mailto:ada@example.org"),
    *("#limits", "/docs/a:b", "./a:b", "page.html", "?a=javascript:b", "a/b:c", "", "/wiki/Talk%3AMain"),
)


@pytest.mark.parametrize("target", HARMLESS_LINKS)
def test_links_that_lead_somewhere_good(target: str) -> None:
    assert unsafe(f"see [a]({target}), ![b]({target}) and [c][]\n\n[c]: {target or 'c'}") is None


HOSTILE_LINKS = (
    *("javascript:alert(1)", "javascript\\:alert(1)", "java&Tab;script:alert(1)", "java&NewLine;script:alert(1)"),
    *("javascript&colon;alert(1)", "javascript&#58;alert(1)", "javascript&#x3a;alert(1)", "&#106;avascript:alert(1)"),
    *("JaVaScRiPt:alert(1)", "javascript%3Aalert(1)", "javascript%253Aalert(1)", "javascript%25253Aalert(1)"),
    *(
        "javascript&amp;colon;alert(1)",
        "javascript&amp;#58;alert(1)",
        "%6Aavascript:alert(1)",
        "&#1;javascript:alert(1)",
    ),
    *("<javascript:alert(1)>", "< javascript:alert(1)>", "<java script:alert(1)>", "&nbsp;javascript:alert(1)"),
    *(
        "vbscript:x",
        "data:text/html,x",
        "data:image/svg+xml,x",
        "file:///etc/passwd",
        "blob:x",
        "ftp://x",
        "tel:1",
        "x:y",
    ),
    *("\uff4aavascript:x", "javascript\uff1ax", "j\u0430vascript:x", "http\u0455://x", "\uff48ttps://x", ":x", "1:2"),
    *("//example.org", "\\\\\\\\example.org", "/\\\\example.org", "%2f%2fexample.org", "%25" * 20 + "%3A"),
    *("https&colon;javascript&colon;x", "view-source:https://x", "\\javascript\\:x", "javascript&colon\\;:x"),
)


@pytest.mark.parametrize("target", HOSTILE_LINKS[:-4] + HOSTILE_LINKS[-3:])
@pytest.mark.parametrize(
    "text",
    [
        *("[a]({0})", "![a]({0})", "[a]({0} 'title')", "> * [*a*]({0})", "[![a](b)]({0})", "![[a]({0})](b)"),
        *("[a]\n\n[a]: {0}", "[b][a]\n\n> [a]: {0}", "![a]\n\n[a]:\n{0}\n'title'", "[a]: {0}", "# [a]({0})"),
        *("a | b\n- | -\n`c | [a]({0}) `", "|a|\n|-|\n|[a]({0})|", "~~[a]({0})~~", "- `\n  ```\n[a]({0})\n```"),
        "[" * 20 + "a]({0})",
    ],
)
def test_links_that_lead_astray(target: str, text: str) -> None:
    flaw = unsafe(text.format(target))
    assert flaw and "link" in flaw


@pytest.mark.parametrize(
    "text",
    [
        *("<javascript:alert(1)>", "<JAVASCRIPT:alert(1)>", "<java&Tab;script:x>", "<x:y>", "<ada@example.org>"),
        *(
            "see ftp://example.org/a",
            "see x-y://z",
            "![" * 70 + "a](b)" * 69 + "](javascript:c)",
            "> " * 70 + "[a](x:y)",
        ),
        *(
            "[" * 70 + "a",
            "*" * 3 + "[a](x:y)" + "*" * 3,
            "|a|b|\n|-|-|\n|`c|<b>`|",
            "[a]({})".format("&amp;" * 99 + "x:"),
        ),
    ],
)
def test_what_else_is_no_good_link(text: str) -> None:
    assert unsafe(text)


def test_an_autolink_says_how_to_write_it() -> None:
    assert "[words](address)" in (unsafe("see <https://example.org>") or "")


def test_code_with_colons_and_brackets_is_no_link() -> None:
    for code in ("x[i](lambda: 3)", "m[a:b](c)", "{a: [b](c)}", "for (;;) a[i](b);", "std::vector<int> a[3]"):
        assert unsafe(f"as in `{code}`:\n\n```\n{code}\n```\n") is None


def test_titles() -> None:
    assert unsafe_title("Zwölf Käse für Ελένη") is None
    assert unsafe_title("Сыр и Μήλο") is None
    for title in ("Ch\u0435ese", "two\nlines", "\u0410pple", "<i>x</i>", "a\tb"):
        assert unsafe_title(title)


def test_what_cannot_be_kept() -> None:
    assert unkept([{"a": ["b", 1, None]}, "\\u0000"]) is None
    for value in ("\0", ["a", ["\ud800"]], {"\udc00": 1}, {"a": {"b": "\0"}}):
        assert unkept(value)
