"""What may be said where, and how it is written."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.base.errors import CodemazeError
from application.chat.rules import Channel, Standing, clean, readable, repeats, require_writable

LETTERS = st.text("abcxyzäöß .,!?", min_size=1, max_size=40)


@given(st.text(max_size=300))
def test_what_is_kept_is_plain_text_on_one_line_and_cleaning_it_again_changes_nothing(text: str) -> None:
    kept = clean(text)
    assert clean(kept) == kept == unicodedata.normalize("NFC", kept) == " ".join(kept.split())
    assert not {unicodedata.category(one) for one in kept} & {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  good \n\t game  ", "good game"),
        ("\u202egood\u2066 \u200bga\u200dme\u2069\ufeff", "good game"),
        ("\u061cgood\u200e\u200f", "good"),
        ("e\u0301t\u0000e\u0301\u001b[31m", "été[31m"),
        ("<b>&amp;</b> https://example.org", "<b>&amp;</b> https://example.org"),
        ("a\u2028b\u2029c\u0085d\x1ce", "a b c d e"),
        ("\u3164 \u2800", ""),
        ("\u200b\u0301\u034f \u0301", ""),
        ("a\u034fb", "ab"),
        ("你好 👍🏽 ❤\ufe0f", "你好 👍🏽 ❤\ufe0f"),
    ],
)
def test_what_becomes_of_a_text(text: str, kept: str) -> None:
    assert clean(text) == kept


@given(LETTERS, st.data())
def test_a_text_in_capitals_and_drawn_out_is_the_same(text: str, data: st.DataObject) -> None:
    drawn_out = "".join(one * data.draw(st.integers(1, 4)) for one in text)
    assert repeats(drawn_out.swapcase(), ["something else", text])
    assert repeats(text, [drawn_out.swapcase()])


@pytest.mark.parametrize(("one", "other"), [("yes", "no"), ("11", "1"), ("100", "10"), ("a b", "ab"), ("good", "go")])
def test_another_text_is_another(one: str, other: str) -> None:
    assert not repeats(one, [other])
    assert not repeats(one, [])


def test_full_width_letters_are_letters() -> None:
    assert repeats("\uff27\uff2f\uff2f\uff24 ga\u006de", ["good game"])


def allowed(standing: Standing, channel: Channel) -> str:
    try:
        require_writable(standing, channel)
    except CodemazeError as refused:
        return refused.code
    return "ok"


PLAYER, WATCHER = "player", "watcher"


@pytest.mark.parametrize(
    ("role", "is_host", "chat", "playing", "answers", "reads"),
    [
        (PLAYER, False, "all", True, ("ok", "wrong_channel"), ("room",)),
        (PLAYER, True, "players", True, ("ok", "wrong_channel"), ("room",)),
        (PLAYER, False, "players", False, ("ok", "ok"), ("room", "watchers")),
        (WATCHER, False, "all", True, ("ok", "ok"), ("room", "watchers")),
        (WATCHER, False, "players", True, ("wrong_channel", "ok"), ("room", "watchers")),
        (WATCHER, True, "players", True, ("ok", "ok"), ("room", "watchers")),
        (WATCHER, False, "players", False, ("ok", "ok"), ("room", "watchers")),
        (PLAYER, True, "off", False, ("chat_off", "chat_off"), ("room", "watchers")),
        (WATCHER, False, "off", True, ("chat_off", "chat_off"), ("room", "watchers")),
    ],
)
def test_who_writes_and_reads_where(
    role: str, is_host: bool, chat: str, playing: bool, answers: tuple[str, str], reads: tuple[str, ...]
) -> None:
    standing = Standing(role, is_host, chat, playing)  # type: ignore[arg-type]
    assert (allowed(standing, "room"), allowed(standing, "watchers")) == answers
    assert readable(standing) == reads
