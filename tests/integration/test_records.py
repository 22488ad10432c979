"""The records of problems, and the ranks that are proposed from them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from application.base.database import db
from application.commands import add_commands
from application.matches.models import MatchRound
from application.matches.records import records
from application.problems.catalogue.models import Problem
from application.problems.catalogue.records import Proposal, Record, Recorded, proposals
from tests.integration.conftest import House, headers


def solved_after(house: House, one: int, other: int, seconds: float) -> str:
    """A duel that is solved; the room."""
    room = house.playing(one, other)
    house.clock.advance(1)
    house.judged(house.submit(other, room), "wrong_answer")
    house.clock.advance(seconds - 1)
    submission = house.submit(one, room)
    house.clock.advance(5)
    house.judged(submission)
    return room


def test_a_record_grows_with_the_rounds_played(house: House) -> None:
    keep = db.session.scalars(select(Problem.id).where(Problem.rank == "bronze").order_by(Problem.id)).first() or 0
    db.session.query(Problem).filter(Problem.id != keep).update({"in_play": False})
    db.session.commit()
    ada, bob = house.user("ada"), house.user("bob")
    assert records([keep]) == {keep: Record()}
    for seconds in (60, 90.5, 200):
        solved_after(house, ada, bob, seconds)
    assert records([keep]) == {keep: Record(3, 3, 90_500)}
    room = house.playing(ada, bob)
    assert records([keep]) == {keep: Record(3, 3, 90_500)}, "what is being played is nobody else's business"
    house.judged(house.submit(ada, room), "wrong_answer")
    house.matches.resign(ada, room)
    assert records([keep])[keep] == Record(4, 3, 90_500)
    shown = {"plays": 4, "solved": 3, "solve_rate": 0.75, "median_solve_ms": 90_500}
    for path in (f"/problems/{keep}", "/problems", "/problems/random"):
        found = house.app.test_client().get(path, headers=headers(house, ada)).get_json()
        problem = found[0] if isinstance(found, list) else found
        assert problem["record"] == shown
        assert problem["source"] and problem["licence"]
    assert db.session.get_one(Problem, keep, populate_existing=True).plays == 4


def test_each_round_of_a_match_has_a_time_of_its_own(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    match_id = house.open(ada, bob, rounds=2).match_id
    house.clock.advance(3)
    assert house.codemaze.matches.deadlines.handle_due()
    room = house.codemaze.matches.operating.list(True, 1)[0]["room"]
    for seconds in (40, 25):
        house.clock.advance(seconds)
        submission = house.submit(ada, room)
        house.clock.advance(2)
        house.judged(submission)
    rounds = db.session.scalars(select(MatchRound).where(MatchRound.match_id == match_id).order_by(MatchRound.number))
    assert [played.solved_ms for played in rounds] == [40_000, 25_000]


def test_a_match_decided_elsewhere_is_a_play_and_no_solution(house: House) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    problem = db.session.scalars(select(Problem.id)).first() or 0
    house.record(problem, ada, bob)
    assert records([problem])[problem] == Record(1, 0, None)
    assert Record(1, 0, None).solve_rate == 0


def of(rank: str, *figures: tuple[int, int, int | None]) -> list[Recorded]:
    """Problems of a rank, with plays, solved, and seconds."""
    return [
        Recorded(f"{rank}-{number}", rank, Record(plays, solved, None if seconds is None else seconds * 1000))
        for number, (plays, solved, seconds) in enumerate(figures)
    ]


USUAL = [(20, 12, 300), (20, 12, 300), (20, 11, 310)]


def test_what_is_far_from_usual_in_its_rank_is_proposed_for_the_next() -> None:
    easy, rare, slow = (20, 19, 70), (20, 3, 320), (20, 12, 900)
    recorded = of("silver", *USUAL, easy, rare, slow, (19, 19, 1), (20, 20, 200))
    found = [(proposal.slug, proposal.proposed) for proposal in proposals(recorded, 20)]
    assert found == [("silver-3", "bronze"), ("silver-4", "gold"), ("silver-5", "gold")]
    (first, *_) = proposals(recorded, 20)
    assert first.why == "95% solved in 1:10; usual in silver: 60% solved in 5:00"
    assert first == Proposal("silver-3", "silver", "bronze", first.why)


@pytest.mark.parametrize(
    "recorded",
    [
        of("bronze", *USUAL, (20, 20, 10)),
        of("platinum", *USUAL, (20, 0, None)),
        of("silver", *USUAL[:1], (20, 20, 10)),
        of("silver", (20, 0, None), (20, 0, None), (20, 0, None)),
        of("silver", *USUAL, (0, 0, None)),
        [],
    ],
    ids=["nothing below", "nothing above", "no peers", "no times", "not played", "nothing"],
)
def test_what_is_left_as_it_is(recorded: list[Recorded]) -> None:
    assert proposals(recorded, 0) == []


def test_recalibrating_from_the_command_line(house: House) -> None:
    add_commands(house.app)
    ids = db.session.scalars(select(Problem.id).where(Problem.rank == "silver").order_by(Problem.slug)).all()
    slugs = dict(db.session.execute(select(Problem.id, Problem.slug)).all())  # type: ignore[arg-type]
    ada, bob = house.user("ada"), house.user("bob")
    for place, problem in enumerate(ids):
        for _ in range(2):
            match_id = house.record(problem, ada, bob)
            solved_ms = 10_000 if place == 0 else 100_000
            db.session.query(MatchRound).filter_by(match_id=match_id).update({"solved_ms": solved_ms})
    db.session.commit()
    run = house.app.test_cli_runner().invoke
    told = run(args=["problems", "recalibrate", "--plays", "2"]).output.splitlines()
    assert told[0].split()[:4] == [slugs[ids[0]], "silver", "->", "bronze"]
    assert told[-1].startswith(f"1 proposals; {len(ids)} of")
    assert run(args=["problems", "recalibrate"]).output.startswith("0 proposals; 0 of")
    assert db.session.get_one(Problem, ids[0], populate_existing=True).rank == "silver"
