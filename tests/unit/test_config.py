"""The settings, and the file that lists them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from application.config import PROJECT, InvalidSetting, Settings

EXAMPLE = (PROJECT / ".env.example").read_text()


def test_the_example_lists_every_setting_with_its_default_and_meaning() -> None:
    listed = re.findall(r"^# (.+)\n#([A-Z_]+)=(.*)$", EXAMPLE, re.MULTILINE)
    assert [(meaning, name) for meaning, name, _ in listed] == [
        (setting.metadata["meaning"], name) for name, setting in Settings.described()
    ]
    written = {name: default for _, name, default in listed}
    assert Settings.from_environment(written) == Settings(data_folder=Path("data"))


def test_settings_are_read_from_the_environment() -> None:
    found = Settings.from_environment(
        {
            "PORT": "80",
            "DATABASE_URL": "postgres://me:pass@db/name",
            "CORS_ORIGINS": "https://a.org, https://b.org",
            "GRACE_SECONDS": " ",
            "CLASSIC_CLIENT": "1",
            "UNKNOWN": "is not ours",
        }
    )
    assert found.port == 80
    assert found.database_url == "postgresql+psycopg2://me:pass@db/name"
    assert found.cors_origins == ("https://a.org", "https://b.org")
    assert found.grace_seconds == 45
    assert found.classic_client and not Settings().classic_client


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("PORT", "0"),
        ("PORT", "many"),
        ("ROUND_SECONDS", "4"),
        ("DATABASE_URL", "sqlite:///x"),
        ("LOG_FORMAT", "xml"),
        ("CLASSIC_CLIENT", "yes"),
        ("JWT_SECRET_KEY", "too short"),
    ],
)
def test_a_setting_that_cannot_be_used_is_named(name: str, text: str) -> None:
    with pytest.raises(InvalidSetting, match=name):
        Settings.from_environment({name: text})
