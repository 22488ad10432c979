"""Which addresses may stand for a picture, and of which hosts."""

from __future__ import annotations

import pytest

from application.accounts.avatars import MAX_AVATAR_LENGTH, is_avatar, shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "https://",
        "ftp://x.org/a",
        "https://x.org/a b",
        "https://x.org/" + "a" * 500,
        "https://[",
        "https://ä.org",
        'https://x.org/a"onerror=alert(1)',
        "https://x.org/a'b",
        "https://x.org/a`b",
        "https://x.org/a)b",
        "https://x.org/a<b",
        "https://x.org\\@y.org/a",
        "https://me:secret@x.org/a",
        "https://me@x.org/a",
        "https://x.org:port/a",
        "https://x.org:99999/a",
        "https://x.org/a\n",
        "HTTPS://x.org/a",
        "data:image/png;base64,AA",
    ],
)
def test_what_is_no_avatar(text: str) -> None:
    assert not is_avatar(text)
    assert shown(text) is None


def test_what_is_shown() -> None:
    assert shown("https://x.org/a.png") == "https://x.org/a.png"
    assert shown(None) is None


def test_an_address_has_500_characters_at_most() -> None:
    longest = "https://x.org/".ljust(MAX_AVATAR_LENGTH, "a")
    assert MAX_AVATAR_LENGTH == 500 and is_avatar(longest) and not is_avatar(longest + "a")


def test_avatars_of_certain_hosts_only() -> None:
    assert is_avatar("https://API.dicebear.com/9.x/a/svg?seed=a&b=1", ("api.Dicebear.com",))
    assert is_avatar("https://pics.org:8443/@ada.png", ("other.org", "pics.org"))
    assert not is_avatar("https://pics.org.evil.org/a.png", ("pics.org",))
