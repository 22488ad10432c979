"""The settings, the file that lists them, and what is said of wrong ones."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from application.base.config import PROJECT, InvalidSetting, Settings
from application.start import read_settings

EXAMPLE = (PROJECT / ".env.example").read_text()

WRONG = {
    "HOST": ("x86_64-conda-linux-gnu", "localhost:4000", "300.1.1.1"),
    "PORT": ("0", "many", "65536", "4_000", "4000.5"),
    "DATABASE_URL": ("sqlite:///x", "postgresql://host:port/name", "codemaze"),
    "REDIS_URL": ("localhost:6379", "http://localhost"),
    "DATA_FOLDER": (str(PROJECT / "run.py"), str(PROJECT / "run.py" / "data")),
    "JWT_SECRET_KEY": ("too short",),
    "BANK_FOLDER": ("/nope", str(PROJECT / "docs"), str(PROJECT / "run.py")),
    "TOKEN_HOURS": ("0", "often", "nan", "inf", "24h"),
    "CORS_ORIGINS": ("localhost:5173", "https://a.org/page", "https://a.org:99999", "*.school.org", ","),
    "AVATAR_HOSTS": ("https://pics.org", "pics.org/a", "pics", ","),
    "TRUSTED_PROXIES": ("9", "-1", "yes"),
    "COUNTDOWN_SECONDS": ("61", "3s"),
    "ROUND_SECONDS": ("4", "15m"),
    "GRACE_SECONDS": ("0", "45.5"),
    "ROOM_IDLE_HOURS": ("0", "a day"),
    "ABSENCE_SECONDS": ("-1",),
    "LOBBY_WIDEN_SECONDS": ("601",),
    "BOT_OFFER_SECONDS": ("-1", "soon"),
    "BOT_PACE_PERCENT": ("0", "fast"),
    "DUEL_TOPIC": ("grphs", "knitting"),
    "RANK_FLOOR": ("-1",),
    "RATED_AFTER_SECONDS": ("3601",),
    "RATED_PER_HOUR": ("many",),
    "LOGIN_RATE": ("often", "10", "0 per minute", "10 per 0 minutes", "10 per fortnight", "-1 per minute"),
    "GUESS_RATE": ("often",),
    "PING_SECONDS": ("0", "61"),
    "PING_TIMEOUT_SECONDS": ("0", "soon"),
    "REGISTER_RATE": ("often",),
    "CONNECT_RATE": ("often", "1 per second; 10 per minute"),
    "REQUEST_RATE": ("often", "10 per minute, please"),
    "ADDRESS_CONNECTIONS": ("0",),
    "EVENT_RATE": ("often", "1 per second; 10 per minute"),
    "SOCKETS_PER_USER": ("0",),
    "JUDGE_SLOTS": ("0", "all"),
    "JUDGE_PATIENCE_SECONDS": ("1",),
    "PRODUCTS_MIB": ("1", "all"),
    "PRODUCTS_USER_MIB": ("0",),
    "DISK_FREE_MIB": ("-1", "half"),
    "REPORT_DAYS": ("-1", "0.5"),
    "SUBMIT_RATE": ("often",),
    "CHAT": ("1", "yes"),
    "RUN_RATE": ("often",),
    "JUDGE_WORKERS": ("2", "1"),
    "JUDGE_URL": ("host:5050", "http://", "http://host:port"),
    "JUDGE_TOKEN": ("two words",),
    "LANGUAGES": ("pyhton", "python,klingon", ","),
    "CLASSIC_CLIENT": ("yes",),
    "CLASSIC_RUN_RATE": ("often",),
    "CLASSIC_FRAME_RATE": ("0",),
    "OPENAI_API_KEY": ("two words", "schlüssel"),
    "OPENAI_BASE_URL": ("host:8000", "ftp://host"),
    "OPENAI_MODEL": ("two words",),
    "AI_API": ("completions",),
    "AI_TIMEOUT_SECONDS": ("0", "soon"),
    "AI_RETRIES": ("6",),
    "AI_OUTPUT_TOKENS": ("1",),
    "AI_PRICE_IN": ("-1", "cheap", "NaN"),
    "AI_PRICE_OUT": ("-1", "cheap"),
    "AI_USER_DAILY": ("-1",),
    "AI_DAILY_BUDGET": ("-1", "Infinity"),
    "AI_POOL_SIZE": ("101",),
    "AI_WAIT_SECONDS": ("301", "a while"),
    "LOG_LEVEL": ("loud",),
    "LOG_FORMAT": ("xml",),
}
"""For each setting what is refused of it."""

RIGHT = {
    "HOST": ("::1", "localhost", "127.0.0.1"),
    "TOKEN_HOURS": ("0.5", "24"),
    "AI_WAIT_SECONDS": ("0.5",),
    "CORS_ORIGINS": ("*", "https://a.org/, http://[::1]:8080", "capacitor://localhost"),
    "LANGUAGES": ("python, Rust",),
    "LOGIN_RATE": ("10/minute;100/hour", "5 per 10 seconds"),
    "DUEL_TOPIC": ("Graphs",),
    "CHAT": ("OFF", "on"),
    "LOG_LEVEL": ("INFO",),
    "DATA_FOLDER": ("data", str(PROJECT / "data" / "not" / "yet" / "there")),
    "REDIS_URL": ("rediss://:secret@host:6380/1", "unix:///run/redis.sock"),
    "OPENAI_BASE_URL": ("http://host:8000/v1/",),
}


def read(file: Path = Path("/nonexistent/.env"), **environment: str) -> tuple[Settings, list[str]]:
    """The settings that these are read as, and the warnings."""
    warned: list[str] = []
    return read_settings(environment, file, warned.append), warned


def faults(file: Path = Path("/nonexistent/.env"), **environment: str) -> tuple[str, ...]:
    """What is said to be wrong."""
    with pytest.raises(InvalidSetting) as refused:
        read(file, **environment)
    return refused.value.faults


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
            "TOKEN_HOURS": "0.5",
            "UNKNOWN": "is not ours",
        }
    )
    assert found.port == 80
    assert found.database_url == "postgresql+psycopg2://me:pass@db/name"
    assert found.cors_origins == ("https://a.org", "https://b.org")
    assert found.grace_seconds == 45
    assert found.classic_client and not Settings().classic_client
    assert found.token_hours == 0.5


def test_every_setting_has_a_wrong_value_here() -> None:
    assert set(WRONG) == {name for name, _ in Settings.described()}


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in WRONG.items() for text in texts])
def test_a_setting_that_cannot_be_used_is_named_with_what_would_be_right(name: str, text: str) -> None:
    said = faults(**{name: text})
    assert said and all(line.startswith(name) for line in said)
    assert re.search(r": (must|needs|\w+ is none of) ", said[0]), said
    assert not re.search("invalid literal|could not convert|NoneType|Error", said[0]), said


@pytest.mark.parametrize(("name", "text"), [(name, text) for name, texts in RIGHT.items() for text in texts])
def test_a_setting_that_can_be_used_is(name: str, text: str) -> None:
    assert read(**{name: text})[1] == []


def test_all_that_is_wrong_is_said_at_once() -> None:
    said = faults(
        LOGIN_RATE="often", LANGUAGES="pyhton", PORT="many", BANK_FOLDER="/nope", CORS_ORIGINS="localhost:5173"
    )
    assert len(said) == 5
    assert any("is python meant?" in line for line in said)


def test_a_secret_that_is_wrong_is_not_repeated() -> None:
    for name in ("JWT_SECRET_KEY", "DATABASE_URL", "REDIS_URL", "OPENAI_API_KEY", "JUDGE_TOKEN"):
        assert "hush hush" not in " ".join(faults(**{name: "hush hush"}))
    assert "hush" not in repr(
        Settings.from_environment({"JWT_SECRET_KEY": "hush" * 8, "DATABASE_URL": "postgres://a:hush@b/c"})
    )


def test_the_file_is_read_and_the_environment_goes_before_it(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("\ufeffPORT=81\nexport GRACE_SECONDS='46'\nHTTPS_PROXY=http://proxy\n", encoding="utf-8")
    environment = {"GRACE_SECONDS": "47"}
    found = read_settings(environment, file, lambda _line: None)
    assert (found.port, found.grace_seconds) == (81, 47)
    assert environment["HTTPS_PROXY"] == "http://proxy"


def test_a_line_of_the_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("# mine\nPORT 81\nGRACE_SECONDS\nTOKEN_HOURS=0\n")
    assert [line[:12] for line in faults(file)] == ["TOKEN_HOURS=", ".env, line 2", ".env, line 3"]
    file.write_bytes(b"OPENAI_MODEL=\xff")
    assert ".env" in faults(file)[0]


def test_a_name_in_the_file_that_is_no_setting_is_warned_of(tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("TOKEN_HOUR=1\nLANGUAGE=python\nKNITTING=1\n")
    assert read(file)[1] == [
        "Warning: .env sets TOKEN_HOUR, which is no setting; is TOKEN_HOURS meant?",
        "Warning: .env sets LANGUAGE, which is no setting; is LANGUAGES meant?",
        "Warning: .env sets KNITTING, which is no setting.",
    ]


def test_a_name_in_the_environment_is_warned_of_only_when_it_looks_like_ours() -> None:
    others = {"PATH": "/bin", "LANGUAGE": "en_US:en", "HOSTNAME": "mine", "CODEMAZE_URL": "http://x", "LOGNAME": "ada"}
    assert read(**others)[1] == []
    assert read(LOGIN_RATES="1 per day", CODEMAZE_PORT="80", CODEMAZE_KNITTING="1", **others)[1] == [
        "Warning: LOGIN_RATES in the environment is no setting; is LOGIN_RATE meant?",
        "Warning: CODEMAZE_PORT in the environment is no setting; is PORT meant?",
        "Warning: CODEMAZE_KNITTING in the environment is no setting.",
    ]
