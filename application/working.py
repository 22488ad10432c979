"""One judge worker: it runs players' programs for the servers that share its Redis, and knows no database."""

from __future__ import annotations

import secrets
import signal
import threading
from collections.abc import Callable
from typing import Any

import dramatiq
from redis import Redis, RedisError

from application.base.config import Settings
from application.judge.machine import Judge
from application.judge.sandbox.store import Bounds
from application.judge.slots import OPEN_EACH, Slots
from application.judge.workers import ACTOR, ANNOUNCED_SECONDS, QUEUE, announce, answer, broker_at, withdraw

STOP_MS = 8_000
"""After a TERM, calls under way may take this long; what is not done then, another worker does."""


def work(settings: Settings, say: Callable[[str], None]) -> None:
    """Run the worker until it is asked to stop. Raises JudgingIsOff where programs cannot be contained, and RedisError
    when Redis is not there."""
    if settings.redis_url is None:
        raise JudgingIsOff("REDIS_URL must say where the servers are reached")
    stopping = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stopping.set())
    bounds = Bounds(settings.products_mib, settings.products_user_mib, settings.disk_free_mib)
    judge = Judge.at(settings.data_folder / "sandbox", settings.judge_slots, settings.languages, bounds)
    if judge.grader is None:
        raise JudgingIsOff("; ".join(judge.self_test.problems))
    grader = judge.grader
    redis = Redis.from_url(settings.redis_url, socket_connect_timeout=2)
    redis.ping()
    broker = broker_at(redis)

    slots = Slots(settings.judge_slots)

    def call(**asked: Any) -> Any:
        return answer(grader, slots, asked)

    offered = dramatiq.actor(actor_name=ACTOR, queue_name=QUEUE, broker=broker, store_results=True, max_retries=0)
    offered(call)
    taken = OPEN_EACH * settings.judge_slots
    threads = dramatiq.Worker(broker, worker_threads=taken, queues={QUEUE}, worker_timeout=200)
    threads.start()
    threading.Thread(target=judge.prove_all, daemon=True).start()
    name = secrets.token_hex(6)
    say(f"Codemaze's judge worker is ready: {settings.judge_slots} at once, {', '.join(judge.languages)}")
    while not stopping.is_set():
        try:
            announce(redis, name, dict(judge.installed), list(judge.languages))
        except RedisError as error:
            say(f"Redis is away: {error}")
        stopping.wait(1 if judge.unproven else ANNOUNCED_SECONDS / 3)
    say("Stopping: what is being judged is finished first.")
    try:
        withdraw(redis, name)
    except RedisError:
        say("Redis is away.")
    threads.stop(timeout=STOP_MS)
    say("Stopped.")


class JudgingIsOff(Exception):
    """This machine cannot contain what a worker would run; the message says why."""
