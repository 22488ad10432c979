"""Judging on workers: processes that run programs for the servers, on this machine or others, reached over Redis.

What goes to a worker is a program and its arguments, what comes back is what each call did: what is expected stays
with the server, and a worker needs no database. dramatiq delivers each call at least once; a worker that dies is
replaced by another one, and a Redis that forgets is asked anew, so a submission only has to wait.
"""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import asdict
from typing import Any

import dramatiq
from dramatiq.brokers.redis import RedisBroker
from dramatiq.results import ResultMissing, Results, ResultTimeout
from dramatiq.results.backends import RedisBackend
from redis import Redis, RedisError

from application.judge.errors import UnknownLanguage
from application.judge.executor import Batch
from application.judge.grader import Grader
from application.judge.languages import known
from application.judge.languages.language import Language
from application.judge.runner import TOTAL_PATIENCE, RunnerFailed
from application.judge.sandbox.products import BUILD_PATIENCE, BUILD_SECONDS
from application.judge.signature import parse_signature
from application.judge.slots import Slots, current
from application.judge.turns import Asker
from application.judge.verdicts import Limits, RunResult, Verdict

QUEUE, ACTOR = "judge", "call"
NAMESPACE = "codemaze"
FREE_SECONDS = 180.0
"""How long a call may wait until a worker is free for it."""

LOOK_SECONDS = 2
"""How often it is made sure that a call is still known to Redis."""

DEAD_WORKER_SECONDS = 5
"""What a worker has taken is given to another one when it has not been heard of for this long."""

ANNOUNCED_SECONDS = 15
"""How long an announcement of a worker holds; it is renewed three times as often."""

Json = dict[str, Any]


def broker_at(redis: Redis) -> RedisBroker:
    """The broker that servers and workers share, with its store for answers."""
    broker = RedisBroker(  # type: ignore[no-untyped-call]
        client=redis, namespace=NAMESPACE, heartbeat_timeout=DEAD_WORKER_SECONDS * 1000, maintenance_chance=200_000
    )
    answers = RedisBackend(client=redis, namespace=f"{NAMESPACE}-answers")
    broker.add_middleware(Results(backend=answers))  # type: ignore[no-untyped-call]
    broker.declare_queue(QUEUE)
    dramatiq.set_broker(broker)
    return broker


class WorkersExecutor:
    """Has batches run by workers. The languages on offer are those that a living worker announces."""

    def __init__(self, redis: Redis, languages: dict[str, Language]) -> None:
        self._redis, self._broker, self.languages = redis, broker_at(redis), languages
        self._results = next(each for each in self._broker.middleware if isinstance(each, Results)).backend

    def execute(self, batch: Batch) -> list[RunResult]:
        """What came of each call; raises RunnerFailed when no worker has answered in time."""
        if batch.language not in self.languages:
            raise UnknownLanguage
        asked = {
            "language": batch.language,
            "code": batch.code,
            "function": batch.signature.function,
            "params": [[param.name, str(param.type)] for param in batch.signature.params],
            "returns": str(batch.signature.returns),
            "calls": list(batch.calls),
            "limits": asdict(batch.limits),
            "stop_at": sorted(batch.stop_at),
            "asker": opaque(current().asker),
        }
        deadline = time.monotonic() + answer_seconds(batch.limits)
        while time.monotonic() < deadline:
            try:
                answer = self._asked(asked, deadline)
            except RedisError:  # it may come back: the call is simply made again
                time.sleep(0.5)
                continue
            if answer is not None:
                return _results(answer)
        raise RunnerFailed("no judge worker has answered in time")

    def follow(self) -> None:
        """Offer, from now on, what living workers announce."""
        while True:
            time.sleep(ANNOUNCED_SECONDS / 3)
            try:
                offered = {name: language for name, (language, proven) in announced(self._redis).items() if proven}
            except (RedisError, ValueError):
                continue
            if offered and list(offered) != list(self.languages):
                self.languages.clear()
                self.languages.update(offered)

    def _asked(self, asked: Json, deadline: float) -> Json | None:
        """One call; None when Redis has lost it. Raises RedisError."""
        message: dramatiq.Message[Json] = dramatiq.Message(
            queue_name=QUEUE, actor_name=ACTOR, args=(), kwargs=asked, options={}
        )
        message = self._broker.enqueue(message)
        while time.monotonic() < deadline:
            # Asked before the answer is looked for: it is there when the call is not any more.
            waiting = self._redis.hexists(f"{NAMESPACE}:{QUEUE}.msgs", message.options["redis_message_id"])
            try:
                answer: Json = self._results.get_result(message, block=bool(waiting), timeout=LOOK_SECONDS * 1000)
                self._redis.delete(self._results.build_message_key(message))
                return answer
            except ResultTimeout:
                continue
            except ResultMissing:
                return None
        return None


def answer_seconds(limits: Limits) -> float:
    """How long to wait for a worker's answer: until one is free, and as long as the clock then lets it compile and run.
    Whoever gave up earlier would have the same work done twice, on a machine that is busy already."""
    return FREE_SECONDS + BUILD_PATIENCE * BUILD_SECONDS + TOTAL_PATIENCE * limits.total_ms / 1000


def _results(answer: Json) -> list[RunResult]:
    if "failed" in answer:
        raise RunnerFailed(str(answer["failed"]))
    try:
        return [RunResult(**{**result, "verdict": Verdict(result["verdict"])}) for result in answer["results"]]
    except (KeyError, TypeError, ValueError) as error:
        raise RunnerFailed("a judge worker answered nonsense") from error


def opaque(asker: Asker) -> list[str]:
    """Who asks, in words that tell askers apart and nothing else about them."""
    told = (str(asker.user), asker.address, str(asker.match))
    return [hashlib.sha256(word.encode()).hexdigest()[:16] for word in told]


def answer(grader: Grader, slots: Slots, asked: Mapping[str, Any]) -> Json:
    """On a worker: carry out one call when it is its asker's turn; ``{results}``, or ``{failed}`` with the reason."""
    limits = Limits(**asked["limits"])
    with slots.held(Asker(*asked.get("asker", ())), limits.memory_mib):
        return _carried_out(grader, limits, asked)


def _carried_out(grader: Grader, limits: Limits, asked: Mapping[str, Any]) -> Json:
    signature = parse_signature(asked["function"], [(name, type_) for name, type_ in asked["params"]], asked["returns"])
    stop_at = {Verdict(verdict) for verdict in asked["stop_at"]}
    try:
        results = grader.call(asked["language"], asked["code"], signature, asked["calls"], limits, stop_at)
    except UnknownLanguage:
        return {"failed": f"this worker does not speak {asked['language']}"}
    except RunnerFailed as error:
        return {"failed": str(error)}
    return {"results": [asdict(result) for result in results]}


def announce(redis: Redis, worker: str, installed: Mapping[str, Language], proven: Collection[str]) -> None:
    """On a worker: say which languages can be judged here, for a while."""
    spoken = {name: {**language.shown(), "proven": name in proven} for name, language in installed.items()}
    redis.set(f"{NAMESPACE}:worker:{worker}", json.dumps(spoken), ex=ANNOUNCED_SECONDS)


def withdraw(redis: Redis, worker: str) -> None:
    """On a worker: it is about to end."""
    redis.delete(f"{NAMESPACE}:worker:{worker}")


def announced(redis: Redis) -> dict[str, tuple[Language, bool]]:
    """The languages of all living workers by id, and whether they are proven: on every worker that has them."""
    spoken: dict[str, Json] = {}
    for key in redis.scan_iter(f"{NAMESPACE}:worker:*"):
        for name, shown in json.loads(redis.get(key) or "{}").items():
            proven = shown.pop("proven") and spoken.get(name, {"proven": True})["proven"]
            spoken[name] = {**shown, "proven": proven}
    return {
        kind.id: (kind.elsewhere(spoken[kind.id]), bool(spoken[kind.id]["proven"]))
        for kind in known()
        if kind.id in spoken
    }


def wait_for_announcement(redis: Redis, seconds: float, sleep: Callable[[float], None] = time.sleep) -> bool:
    """Wait until some worker has announced itself; False when none has. Raises RedisError."""
    deadline = time.monotonic() + seconds
    while not any(proven for _, proven in announced(redis).values()):
        if time.monotonic() > deadline:
            return False
        sleep(0.2)
    return True
