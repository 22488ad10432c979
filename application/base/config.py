"""Every setting: its name in the environment, its default, and what it means. Read once, at start."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import Field, dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from application.base import setting_values as value

PROJECT = Path(__file__).resolve().parents[2]


class InvalidSetting(Exception):
    """Settings cannot be used; the message names each of them and says what would be right."""

    def __init__(self, faults: Sequence[str]) -> None:
        """``faults``: a sentence for each wrong setting."""
        self.faults = tuple(faults)
        super().__init__(faults[0] if len(faults) == 1 else "".join(f"\n  {fault}" for fault in faults))


def _setting(default: Any, meaning: str, parse: Callable[[str], Any], *, secret: bool = False) -> Any:
    """A field; a ``secret`` one is left out when the settings are printed."""
    return field(default=default, repr=not secret, metadata={"meaning": meaning, "parse": parse})


@dataclass(frozen=True)
class Settings:
    """The settings. A field's name in capitals is its name in the environment."""

    host: str = _setting(
        "0.0.0.0", "Address to listen on; 127.0.0.1 keeps the server to this machine.", value.listening
    )
    port: int = _setting(4000, "Port to listen on.", value.whole(1, 65535))
    database_url: str | None = _setting(
        None,
        "PostgreSQL to use, as postgresql://user:password@host/name. Unset: an embedded one.",
        value.database_url,
        secret=True,
    )
    redis_url: str | None = _setting(
        None,
        "Redis that several server processes and judge workers share, as redis://host:6379/0.",
        value.redis_url,
        secret=True,
    )
    data_folder: Path = _setting(
        PROJECT / "data", "Where the embedded database, the secret and the sandbox's runtime are kept.", value.folder
    )
    jwt_secret_key: str | None = _setting(
        None,
        "Signs access tokens; at least 32 characters. Unset: one is made once and kept in DATA_FOLDER.",
        value.secret_key,
        secret=True,
    )
    bank_folder: Path = _setting(
        PROJECT / "application" / "problems" / "catalogue" / "bank",
        "Where the problems lie that are brought into play at start.",
        value.folder_of_problems,
    )
    token_hours: float = _setting(24, "How long a login lasts, in hours.", value.number(0.01, 24 * 365, "hours"))
    cors_origins: tuple[str, ...] = _setting(
        ("http://localhost:5173", "http://localhost:5174", "http://localhost:5175"),
        "Web pages that may use this server from a browser, with commas between; * for all.",
        value.origins,
    )
    avatar_hosts: tuple[str, ...] = _setting(
        (), "Hosts at which avatars may lie, with commas between. Unset: any.", value.hosts
    )
    trusted_proxies: int = _setting(0, "How many reverse proxies stand before the server.", value.whole(0, 8))
    countdown_seconds: int = _setting(3, "From pairing to the start of the first round.", value.whole(0, 60))
    round_seconds: int = _setting(900, "How long a round lasts.", value.whole(5, 4 * 3600))
    grace_seconds: int = _setting(45, "How long an absent player may take to come back.", value.whole(1, 3600))
    room_idle_hours: int = _setting(
        24, "A room in which nothing happens for this long is closed.", value.whole(1, 24 * 365)
    )
    absence_seconds: int = _setting(
        3, "How long a connection may be lost before the opponent is told.", value.whole(0, 60)
    )
    lobby_widen_seconds: int = _setting(
        5, "Waiting this long lets a player meet the next rank, too.", value.whole(0, 600)
    )
    bot_offer_seconds: int = _setting(
        20, "Who has waited this long for an opponent is told that they may play a bot; 0: never.", value.whole(0, 3600)
    )
    bot_pace_percent: int = _setting(
        100, "How fast bots solve: 200 is twice as fast as people do, 50 half as fast.", value.whole(1, 100_000)
    )
    duel_topic: str = _setting(
        "", "A topic, such as graphs, whose problems are played first, while there are some. Unset: any.", str.lower
    )
    rank_floor: int = _setting(
        10, "Problems of each rank that stay in play, whatever players report of them.", value.whole(0, 10_000)
    )
    rated_after_seconds: int = _setting(
        30, "A match that ends before this and without anything judged is not rated; 0: all are.", value.whole(0, 3600)
    )
    rated_per_hour: int = _setting(
        2, "Matches of the same two people that are rated in an hour; 0: any number.", value.whole(0, 1000)
    )
    login_rate: str = _setting("10 per minute", "Logins allowed for one username from one address.", value.rates)
    guess_rate: str = _setting(
        "300 per minute", "Logins for names that do not exist, or just failed, allowed from one address.", value.rate
    )
    register_rate: str = _setting("60 per minute", "Registrations allowed from one address.", value.rates)
    connect_rate: str = _setting("1500 per minute", "New Socket.IO connections allowed from one address.", value.rate)
    request_rate: str = _setting("6000 per minute", "HTTP requests allowed from one address.", value.rates)
    ping_seconds: int = _setting(5, "How often a Socket.IO connection is asked for a sign of life.", value.whole(1, 60))
    ping_timeout_seconds: int = _setting(5, "How long its answer may take.", value.whole(1, 60))
    address_connections: int = _setting(
        4000,
        "TCP connections that one address may have, where no proxy stands before the server.",
        value.whole(1, 1_000_000),
    )
    event_rate: str = _setting("20 per second", "Socket.IO requests allowed to one player.", value.rate)
    sockets_per_user: int = _setting(
        5, "Connections a user may have to one server process; one more ends the oldest.", value.whole(1, 1000)
    )
    judge_slots: int = _setting(
        os.cpu_count() or 1, "Submissions judged at the same time (default: the number of cores).", value.whole(1, 256)
    )
    judge_patience_seconds: int = _setting(
        600, "How long a submission may wait for its verdict before it counts as not received.", value.whole(60, 86400)
    )
    products_mib: int = _setting(
        2048, "Compiled programs kept, in MiB; what nobody has used for longest goes first.", value.whole(64, 1_000_000)
    )
    products_user_mib: int = _setting(256, "Compiled programs kept of one user, in MiB.", value.whole(1, 1_000_000))
    disk_free_mib: int = _setting(
        512,
        "Below so many MiB free in DATA_FOLDER the server is not ready and keeps no programs.",
        value.whole(0, 1_000_000),
    )
    report_days: int = _setting(
        90, "After so many days a submission's report keeps its verdicts only; 0 keeps all.", value.whole(0, 36_500)
    )
    submit_rate: str = _setting("30 per minute", "Submissions allowed to one player.", value.rate)
    chat: bool = _setting(True, "off: nobody can say anything, in rooms or to one person.", value.on_or_off)
    run_rate: str = _setting("60 per minute", "Trial runs (run_code) allowed to one player.", value.rate)
    judge_workers: bool = _setting(False, "1: judge on workers (make worker) over REDIS_URL, not here.", value.switch)
    judge_url: str | None = _setting(
        None, "A go-judge that judges in the place of this machine, as http://host:5050.", value.http_url
    )
    judge_token: str | None = _setting(None, "The token of that go-judge, if it wants one.", value.name, secret=True)
    languages: tuple[str, ...] = _setting(
        (), "Languages to offer, by their ids, with commas between. Unset: all that are installed.", value.words
    )
    classic_client: bool = _setting(
        False, "1 serves the classic client, whose browsers decide who won: for a closed network only.", value.switch
    )
    classic_run_rate: str = _setting(
        "30 per minute", "Runs of the classic client (POST /run) allowed from one address.", value.rates
    )
    classic_frame_rate: int = _setting(
        5, "Frames of one kind a second that a connection of the classic client may send.", value.whole(1, 1_000_000)
    )
    openai_api_key: str | None = _setting(
        None,
        "Key for OpenAI, or for the server at OPENAI_BASE_URL if it wants one. Neither set: no AI.",
        value.name,
        secret=True,
    )
    openai_base_url: str | None = _setting(
        None, "A server that speaks OpenAI's protocol, as http://host:8000/v1. Unset: OpenAI.", value.http_url
    )
    openai_model: str = _setting("gpt-5-mini", "The model that writes problems and reviews.", value.name)
    ai_api: str = _setting(
        "responses",
        "responses, or chat for servers that only have chat completions.",
        value.one_of("responses", "chat"),
    )
    ai_timeout_seconds: float = _setting(
        60, "How long one call to the model may take.", value.number(0.5, 3600, "seconds")
    )
    ai_retries: int = _setting(1, "How often a call that failed for no fault of ours is made again.", value.whole(0, 5))
    ai_output_tokens: int = _setting(16_000, "Tokens that one answer may have.", value.whole(256, 1_000_000))
    ai_price_in: Decimal = _setting(
        Decimal("0.25"),
        "US dollars for a million tokens read (default: gpt-5-mini's); 0 for a model of your own.",
        value.dollars,
    )
    ai_price_out: Decimal = _setting(
        Decimal("2.00"), "US dollars for a million tokens written (default: gpt-5-mini's).", value.dollars
    )
    ai_user_daily: int = _setting(
        20, "Problems and reviews that one user may ask for in a day.", value.whole(0, 1_000_000)
    )
    ai_daily_budget: Decimal = _setting(
        Decimal("5.00"), "US dollars that all calls to the model together may cost in a day.", value.dollars
    )
    ai_pool_size: int = _setting(
        0,
        "Generated problems to keep ready a rank, which nobody has played; 0 makes none by itself.",
        value.whole(0, 100),
    )
    ai_wait_seconds: float = _setting(
        20,
        "How long POST /problems/generate waits for its problem before it answers 202.",
        value.number(0, 300, "seconds"),
    )
    log_level: str = _setting(
        "info", "debug (every request), info (matches), or warning.", value.one_of("debug", "info", "warning")
    )
    log_format: str = _setting("console", "console for people, json for machines.", value.one_of("console", "json"))

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ, *checks: Check) -> Settings:
        """Read the settings; an empty value counts as unset. ``checks`` know more than their texts say.

        Raises InvalidSetting with everything that is wrong.
        """
        found: dict[str, Any] = {}
        faults: list[str] = []
        for name, setting in cls.described():
            text = environment.get(name, "").strip()
            if not text:
                continue
            try:
                found[setting.name] = setting.metadata["parse"](text)
            except ValueError as error:
                # A key or a password that is nearly right belongs on no screen.
                shown = "" if not setting.repr else f"={text[:60]}"
                unit = " (seconds)" if name.endswith("_SECONDS") and "seconds" not in str(error) else ""
                faults.append(f"{name}{shown}: {error}{unit}")
        settings = cls(**found)
        for check in (_workers_are_reached, *checks):
            faults += check(settings)
        if faults:
            raise InvalidSetting(faults)
        return settings

    @classmethod
    def described(cls) -> Iterator[tuple[str, Field[Any]]]:
        """Each setting's name in the environment with its field; ``metadata["meaning"]`` says what it is for."""
        for setting in fields(cls):
            yield setting.name.upper(), setting


Check = Callable[[Settings], Iterable[str]]
"""Says in sentences what is wrong with settings, each of which may be read."""


def _workers_are_reached(settings: Settings) -> Iterator[str]:
    if settings.judge_workers and settings.redis_url is None:
        yield "JUDGE_WORKERS=1: needs REDIS_URL, through which the workers are reached"
