"""Every setting: its name in the environment, its default, and what it means. Read once, at start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import Field, dataclass, field, fields
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent


class InvalidSetting(Exception):
    """A setting in the environment cannot be used; the message names it and says why."""


def _setting(default: Any, meaning: str, parse: Callable[[str], Any] = str, *, secret: bool = False) -> Any:
    """A field; a ``secret`` one is left out when the settings are printed."""
    return field(default=default, repr=not secret, metadata={"meaning": meaning, "parse": parse})


def _whole(least: int, most: int) -> Callable[[str], int]:
    def parse(text: str) -> int:
        number = int(text)
        if not least <= number <= most:
            raise ValueError(f"must lie between {least} and {most}")
        return number

    return parse


def _dollars(text: str) -> Decimal:
    try:
        amount = Decimal(text)
    except InvalidOperation as error:
        raise ValueError("must be an amount of US dollars, such as 0.25") from error
    if not amount.is_finite() or not 0 <= amount <= 100_000:
        raise ValueError("must lie between 0 and 100000")
    return amount


def _one_of(*allowed: str) -> Callable[[str], str]:
    def parse(text: str) -> str:
        if text not in allowed:
            raise ValueError(f"must be one of {', '.join(allowed)}")
        return text

    return parse


def _switch(text: str) -> bool:
    return _one_of("0", "1")(text) == "1"


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())


def _database_url(text: str) -> str:
    for scheme in ("postgresql+psycopg2://", "postgresql://", "postgres://"):
        if text.startswith(scheme):
            return "postgresql+psycopg2://" + text.removeprefix(scheme)
    raise ValueError("must be a postgresql:// address")


def _redis_url(text: str) -> str:
    if not text.startswith(("redis://", "rediss://", "unix://")):
        raise ValueError("must be a redis:// address")
    return text


def _http_url(text: str) -> str:
    if not text.startswith(("http://", "https://")):
        raise ValueError("must be an http:// or https:// address")
    return text.rstrip("/")


@dataclass(frozen=True)
class Settings:
    """The settings. A field's name in capitals is its name in the environment."""

    host: str = _setting("0.0.0.0", "Address to listen on; 127.0.0.1 keeps the server to this machine.")
    port: int = _setting(4000, "Port to listen on.", _whole(1, 65535))
    database_url: str | None = _setting(
        None, "PostgreSQL to use, as postgresql://user:password@host/name. Unset: an embedded one.", _database_url
    )
    redis_url: str | None = _setting(
        None, "Redis that several server processes and judge workers share, as redis://host:6379/0.", _redis_url
    )
    data_folder: Path = _setting(
        PROJECT / "data", "Where the embedded database, the secret and the sandbox's runtime are kept.", Path
    )
    jwt_secret_key: str | None = _setting(
        None, "Signs access tokens; at least 32 characters. Unset: one is made once and kept in DATA_FOLDER."
    )
    bank_folder: Path = _setting(
        PROJECT / "application" / "problems" / "bank",
        "Where the problems lie that are brought into play at start.",
        Path,
    )
    token_hours: int = _setting(24, "How long a login lasts, in hours.", _whole(1, 24 * 365))
    cors_origins: tuple[str, ...] = _setting(
        ("http://localhost:5173", "http://localhost:5174", "http://localhost:5175"),
        "Web pages that may use this server from a browser, with commas between; * for all.",
        _words,
    )
    trusted_proxies: int = _setting(0, "How many reverse proxies stand before the server.", _whole(0, 8))
    countdown_seconds: int = _setting(3, "From pairing to the start of the first round.", _whole(0, 60))
    round_seconds: int = _setting(900, "How long a round lasts.", _whole(5, 4 * 3600))
    grace_seconds: int = _setting(45, "How long an absent player may take to come back.", _whole(1, 3600))
    absence_seconds: int = _setting(3, "How long a connection may be lost before the opponent is told.", _whole(0, 60))
    lobby_widen_seconds: int = _setting(5, "Waiting this long lets a player meet the next rank, too.", _whole(0, 600))
    duel_topic: str = _setting(
        "", "A topic, such as graphs, whose problems are played first, while there are some. Unset: any.", str.lower
    )
    rank_floor: int = _setting(
        10, "Problems of each rank that stay in play, whatever players report of them.", _whole(0, 10_000)
    )
    rated_after_seconds: int = _setting(
        30, "A match that ends before this and without anything judged is not rated; 0: all are.", _whole(0, 3600)
    )
    rated_per_hour: int = _setting(
        2, "Matches of the same two people that are rated in an hour; 0: any number.", _whole(0, 1000)
    )
    login_rate: str = _setting("10 per minute", "Logins allowed for one username from one address.")
    register_rate: str = _setting("60 per minute", "Registrations allowed from one address.")
    connect_rate: str = _setting("600 per minute", "New Socket.IO connections allowed from one address.")
    request_rate: str = _setting("3000 per minute", "HTTP requests allowed from one address.")
    address_connections: int = _setting(
        1000,
        "TCP connections that one address may have, where no proxy stands before the server.",
        _whole(1, 1_000_000),
    )
    event_rate: str = _setting("20 per second", "Socket.IO requests allowed to one player.")
    sockets_per_user: int = _setting(
        5, "Connections a user may have to one server process; one more ends the oldest.", _whole(1, 1000)
    )
    judge_slots: int = _setting(
        os.cpu_count() or 1, "Submissions judged at the same time (default: the number of cores).", _whole(1, 256)
    )
    judge_patience_seconds: int = _setting(
        600, "How long a submission may wait for its verdict before it counts as not received.", _whole(60, 86400)
    )
    submit_rate: str = _setting("30 per minute", "Submissions allowed to one player.")
    run_rate: str = _setting("60 per minute", "Trial runs (run_code) allowed to one player.")
    judge_workers: bool = _setting(False, "1: judge on workers (make worker) over REDIS_URL, not here.", _switch)
    judge_url: str | None = _setting(
        None, "A go-judge that judges in the place of this machine, as http://host:5050.", _http_url
    )
    judge_token: str | None = _setting(None, "The token of that go-judge, if it wants one.")
    languages: tuple[str, ...] = _setting(
        (), "Languages to offer, by their ids, with commas between. Unset: all that are installed.", _words
    )
    classic_client: bool = _setting(
        False, "1 serves the classic client, whose browsers decide who won: for a closed network only.", _switch
    )
    classic_run_rate: str = _setting(
        "30 per minute", "Runs of the classic client (POST /run) allowed from one address."
    )
    classic_frame_rate: int = _setting(
        5, "Frames of one kind a second that a connection of the classic client may send.", _whole(1, 1_000_000)
    )
    openai_api_key: str | None = _setting(
        None, "Key for OpenAI, or for the server at OPENAI_BASE_URL if it wants one. Neither set: no AI.", secret=True
    )
    openai_base_url: str | None = _setting(
        None, "A server that speaks OpenAI's protocol, as http://host:8000/v1. Unset: OpenAI.", _http_url
    )
    openai_model: str = _setting("gpt-5-mini", "The model that writes problems and reviews.")
    ai_api: str = _setting(
        "responses",
        "responses, or chat for servers that only have chat completions.",
        _one_of("responses", "chat"),
    )
    ai_timeout_seconds: int = _setting(60, "How long one call to the model may take.", _whole(1, 3600))
    ai_retries: int = _setting(1, "How often a call that failed for no fault of ours is made again.", _whole(0, 5))
    ai_output_tokens: int = _setting(16_000, "Tokens that one answer may have.", _whole(256, 1_000_000))
    ai_price_in: Decimal = _setting(
        Decimal("0.25"),
        "US dollars for a million tokens read (default: gpt-5-mini's); 0 for a model of your own.",
        _dollars,
    )
    ai_price_out: Decimal = _setting(
        Decimal("2.00"), "US dollars for a million tokens written (default: gpt-5-mini's).", _dollars
    )
    ai_user_daily: int = _setting(20, "Problems and reviews that one user may ask for in a day.", _whole(0, 1_000_000))
    ai_daily_budget: Decimal = _setting(
        Decimal("5.00"), "US dollars that all calls to the model together may cost in a day.", _dollars
    )
    ai_pool_size: int = _setting(
        0, "Generated problems to keep ready a rank, which nobody has played; 0 makes none by itself.", _whole(0, 100)
    )
    ai_wait_seconds: int = _setting(
        20, "How long POST /problems/generate waits for its problem before it answers 202.", _whole(0, 300)
    )
    log_level: str = _setting(
        "info", "debug (every request), info (matches), or warning.", _one_of("debug", "info", "warning")
    )
    log_format: str = _setting("console", "console for people, json for machines.", _one_of("console", "json"))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Settings:
        """Read the settings; an empty value counts as unset. Raises InvalidSetting."""
        found: dict[str, Any] = {}
        for name, setting in cls.described():
            text = environment.get(name, "").strip()
            if not text:
                continue
            try:
                found[setting.name] = setting.metadata["parse"](text)
            except ValueError as error:
                raise InvalidSetting(f"{name}: {error}") from error
        settings = cls(**found)
        if settings.jwt_secret_key is not None and len(settings.jwt_secret_key) < 32:
            raise InvalidSetting("JWT_SECRET_KEY: must have at least 32 characters")
        if settings.judge_workers and settings.redis_url is None:
            raise InvalidSetting("JUDGE_WORKERS: needs REDIS_URL, through which the workers are reached")
        return settings

    @classmethod
    def described(cls) -> Iterator[tuple[str, Field[Any]]]:
        """Each setting's name in the environment with its field; ``metadata["meaning"]`` says what it is for."""
        for setting in fields(cls):
            yield setting.name.upper(), setting
