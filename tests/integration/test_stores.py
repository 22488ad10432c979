"""Stores end to end: thin reports, a disk that is nearly full, and one that is full."""

from __future__ import annotations

import errno

import pytest

from application.base.database import db
from application.judge.machine import Judge
from application.judge.sandbox import Sandbox, SandboxFailed
from application.judge.signature import parse_signature
from application.judge.verdicts import Limits, Verdict
from application.matches.models import Submission
from application.matches.thinning import Thinning
from tests.integration.conftest import House

SIGNATURE = parse_signature("solve", [("n", "int")], "int")


def test_old_reports_are_thinned_once(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    house.connect(ada)
    house.connect(bob)
    submission = house.submit(ada, house.playing(ada, bob))
    house.judged(submission)
    thinning = Thinning(house.clock, 30)
    assert thinning.step() == 0
    house.clock.advance(31 * 24 * 3600)
    assert thinning.step() == 1
    assert thinning.step() == 0
    report = db.session.get_one(Submission, submission).report
    assert report and report["thinned"]
    assert Thinning(house.clock, 0).step() == 0
    assert Thinning(house.clock, 30).step() == 0


def test_a_full_disk_takes_the_place_of_what_is_not_used(judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    sandbox = judge.runner
    assert isinstance(sandbox, Sandbox)
    program = judge.installed["cpp"].program("int solve(int n) { return n + 1; } // full disk", SIGNATURE, Limits())
    whole, full = sandbox.runtime.place, [True]

    def place(*args: object) -> None:
        if full and full.pop():
            raise OSError(errno.ENOSPC, "No space left on device")
        whole(*args)  # type: ignore[arg-type]

    emptied = []
    monkeypatch.setattr(sandbox.products._store, "shrink", lambda to_mib=None: emptied.append(to_mib))
    monkeypatch.setattr(sandbox.runtime, "place", place)
    assert sandbox.run(program, [[1]], Limits())[0].verdict is Verdict.ACCEPTED
    assert emptied[0] == 0
    full[:] = [True] * 2
    other = judge.installed["cpp"].program("int solve(int n) { return n + 2; } // full disk", SIGNATURE, Limits())
    with pytest.raises(SandboxFailed, match="No space left"):
        sandbox.run(other, [[1]], Limits())


def test_a_disk_that_is_nearly_full_is_said_before_it_hurts(house: House, judge: Judge) -> None:
    told = house.app.test_client().get("/health/ready").json["checks"]["disk"]
    assert told == {"ok": True, "message": None}
    with_less = house.twin(disk_free_mib=1_000_000)
    answer = with_less.app.test_client().get("/health/ready")
    assert answer.status_code == 503
    assert "DISK_FREE_MIB is 1000000" in answer.json["checks"]["disk"]["message"]
    assert "codemaze_disk_free_bytes" in house.app.test_client().get("/metrics").text
