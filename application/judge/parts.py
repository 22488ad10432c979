"""The parts of the judge: the one that the settings ask for, and who may compute on it at once."""

from __future__ import annotations

import math
from dataclasses import dataclass

from redis import Redis

from application.base.config import Settings
from application.judge.engine import GoJudge
from application.judge.grader import Grader
from application.judge.machine import Judge
from application.judge.sandbox.store import MIB, Bounds, free_bytes
from application.judge.slots import Slots
from application.realtime.contribution import Contribution, Gauge

WORKER_CALLS = 32
"""How many calls one server may have at workers at once; more wait for their turn."""


@dataclass(frozen=True)
class Grading:
    """``grader`` is None where judging is off. Submissions use ``slots``. Trial runs and scripts use ``trial_slots``,
    half as many, so that they cannot delay a submission."""

    grader: Grader | None
    slots: Slots
    trial_slots: Slots
    contribution: Contribution


def build(settings: Settings, judge: Judge) -> Grading:
    """What is built on a judge."""

    def contained() -> str | None:
        return None if judge.self_test.ok else "; ".join(judge.self_test.problems)

    def room_on_disk() -> str | None:
        free = free_bytes(settings.data_folder) // MIB
        enough = free >= settings.disk_free_mib
        return None if enough else f"{free} MiB are free in DATA_FOLDER; DISK_FREE_MIB is {settings.disk_free_mib}"

    free = Gauge(
        "codemaze_disk_free_bytes", "What is free on the disk of DATA_FOLDER", lambda: free_bytes(settings.data_folder)
    )
    contribution = Contribution(checks={"disk": room_on_disk, "sandbox": contained}, gauges=[free])
    if settings.judge_workers:
        slots, trial_slots = Slots(WORKER_CALLS, memory_mib=math.inf), Slots(WORKER_CALLS // 2, memory_mib=math.inf)
    else:
        slots, trial_slots = Slots(settings.judge_slots), Slots(max(1, settings.judge_slots // 2))
    return Grading(judge.grader, slots, trial_slots, contribution)


def make_judge(settings: Settings) -> Judge:
    """The judge that the settings ask for: this machine, workers, or an engine elsewhere."""
    if settings.judge_workers and settings.redis_url:
        return Judge.on_workers(Redis.from_url(settings.redis_url, socket_connect_timeout=2))
    if settings.judge_url:
        return Judge.elsewhere(GoJudge(settings.judge_url, settings.judge_token), settings.languages)
    bounds = Bounds(settings.products_mib, settings.products_user_mib, settings.disk_free_mib)
    return Judge.at(settings.data_folder / "sandbox", settings.judge_slots, settings.languages, bounds)
