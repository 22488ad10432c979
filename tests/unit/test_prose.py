"""Texts that must not reach a page, and those that look like it and may."""

from __future__ import annotations

import pytest

from application.problems.prose import unkept, unsafe, unsafe_title


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


def test_titles() -> None:
    assert unsafe_title("Zwölf Käse für Ελένη") is None
    assert unsafe_title("Сыр и Μήλο") is None
    for title in ("Ch\u0435ese", "two\nlines", "\u0410pple", "<i>x</i>", "a\tb"):
        assert unsafe_title(title)


def test_what_cannot_be_kept() -> None:
    assert unkept([{"a": ["b", 1, None]}, "\\u0000"]) is None
    for value in ("\0", ["a", ["\ud800"]], {"\udc00": 1}, {"a": {"b": "\0"}}):
        assert unkept(value)
