"""Which problem is played next."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Any

import pytest
from sqlalchemy import event, insert, literal, select, text, union_all, update

from application.base.database import db
from application.journal.models import Room
from application.matches.models import Match, MatchPlayer, MatchRound
from application.problems import errors
from application.problems.catalogue.choosing import DRAWN_FROM, Played, best
from application.problems.catalogue.insiders import let_in
from application.problems.catalogue.models import Problem
from application.ratings.ranks import RANKS
from tests.integration.conftest import House, headers

BRONZE, SILVER, GOLD, PLATINUM = RANKS
NOTHING: Any = select(literal(0), literal(0), literal(0)).where(literal(False))


def played(*turns: tuple[int, int, int]) -> Played:
    """Users, problems, matches."""
    found: Any = select(union_all(*[select(*map(literal, turn)) for turn in turns]).subquery())
    return found


class Shelf:
    """Problems in play whose documents nobody reads, in the place of the tests' bank."""

    def __init__(self, house: House) -> None:
        self.problems = house.codemaze.catalogue.problems
        db.session.execute(update(Problem).values(in_play=False))

    def add(self, rank: str, *topics: str, slug: str = "", version: int = 1, **columns: Any) -> int:
        """One problem; its id."""
        row = Problem(slug="new", version=version, title="New", rank=rank, document={"topics": topics}, in_play=True)
        db.session.add(row)
        for name, value in columns.items():
            setattr(row, name, value)
        row.slug = slug or f"shelf-{db.session.query(Problem).count()}"
        db.session.commit()
        return row.id


@pytest.fixture
def shelf(house: House) -> Shelf:
    return Shelf(house)


def test_the_order_of_wishes(shelf: Shelf, house: House) -> None:
    one, two, three = (shelf.add("bronze") for _ in range(3))
    high = shelf.add("gold")
    assert best(BRONZE, NOTHING, "", 1) == [[one, two, three], [high]], "the rank first"
    assert best(BRONZE, played((7, one, 1), (8, two, 2)), "", 1)[0] == [three], "what neither has had"
    had = played((7, three, 1), (7, one, 2), (7, two, 3), (8, three, 4), (8, one, 5), (8, high, 6))
    assert best(BRONZE, had, "", 9) == [[one, three], [two], [high]], "never twice in a row"


def test_chance_decides_among_those_played_least(shelf: Shelf, house: House) -> None:
    ids = [shelf.add("bronze") for _ in range(DRAWN_FROM + 3)]
    often, lately = ids[0], ids[1]
    db.session.execute(update(Problem).where(Problem.id == often).values(plays=2))
    db.session.execute(update(Problem).where(Problem.id == lately).values(plays=1, last_played_at=house.clock()))
    assert best(BRONZE, NOTHING, "", 1) == [ids[2 : 2 + DRAWN_FROM]]
    had = played(*[(7, id_, turn) for turn, id_ in enumerate(reversed(ids))], (7, 10**6, 99))
    assert best(BRONZE, had, "", 1) == [ids[3:]], "those that they had longest ago"


def test_nobody_meets_a_problem_that_they_know_from_within(shelf: Shelf, house: House) -> None:
    own, other = shelf.add("bronze", slug="own", plays=0), shelf.add("bronze", plays=99)
    ada, bob = house.user("ada"), house.user("bob")
    let_in(ada, "own")
    db.session.commit()
    assert best(BRONZE, NOTHING, "", 1, [ada, bob]) == best(BRONZE, NOTHING, "", 1, [bob, ada]) == [[other]]
    assert best(BRONZE, NOTHING, "", 1, [bob]) == [[own, other]]
    newer = shelf.add("bronze", slug="own", version=2, in_play=True)
    db.session.execute(update(Problem).where(Problem.id == own).values(in_play=False))
    assert best(BRONZE, NOTHING, "", 1, [ada]) == [[other]], "nor a later version of it"
    assert newer in best(BRONZE, NOTHING, "", 1, [bob])[0]
    db.session.execute(update(Problem).where(Problem.id == other).values(in_play=False))
    with pytest.raises(errors.NoProblemInPlay):
        shelf.problems.choose(BRONZE, 1, NOTHING, "", [ada, bob])


def test_a_rank_without_problems_is_replaced_by_the_nearest(shelf: Shelf) -> None:
    silver, platinum = shelf.add("silver"), shelf.add("platinum")
    assert best(BRONZE, NOTHING, "", 1) == best(GOLD, NOTHING, "", 1) == [[silver], [platinum]], (
        "the lower one is nearer"
    )
    assert best(PLATINUM, NOTHING, "", 1) == [[platinum], [silver]]
    assert shelf.problems.choose(BRONZE, 5, NOTHING) == [silver, platinum, silver, platinum, silver]
    db.session.execute(update(Problem).values(in_play=False))
    with pytest.raises(errors.NoProblemInPlay):
        shelf.problems.choose(BRONZE, 1, NOTHING)


def test_a_new_version_is_not_a_new_problem(shelf: Shelf) -> None:
    old = shelf.add("bronze", slug="tale", in_play=False)
    new, other = shelf.add("bronze", slug="tale", version=2), shelf.add("bronze", plays=5)
    assert best(BRONZE, NOTHING, "", 1) == [[new, other]]
    assert best(BRONZE, played((7, old, 1)), "", 1) == [[other], [new]], "it was just now"


def test_a_topic_comes_first_while_it_has_something_new(shelf: Shelf) -> None:
    plain, graph, high = (
        shelf.add("bronze", "strings"),
        shelf.add("bronze", "graphs", "trees"),
        shelf.add("gold", "graphs"),
    )
    assert best(BRONZE, NOTHING, "graphs", 9) == [[graph], [plain], [high]]
    assert best(BRONZE, NOTHING, "sorting", 1)[0] == [plain, graph]
    assert best(BRONZE, played((7, graph, 1), (7, high, 2)), "graphs", 1)[0] == [plain]
    assert best(BRONZE, played((7, plain, 1), (7, graph, 2), (7, high, 3)), "graphs", 1)[0] == [graph]


def test_duels_never_repeat_a_problem_at_once(house: House) -> None:
    """Three problems of the rank, seven duels: each of the three again and again, none twice in a row."""
    ids = db.session.scalars(select(Problem.id).where(Problem.rank == "bronze").order_by(Problem.id)).all()
    db.session.execute(update(Problem).where(Problem.id == ids[0]).values(in_play=False))
    db.session.commit()
    ada, bob = house.user("ada"), house.user("bob")
    had = []
    for _ in range(7):
        room = house.playing(ada, bob)
        had.append(house.entries(room)[2].event.problem_id)  # type: ignore[union-attr]
        house.matches.resign(ada, room)
    one, two, three = ids[1:]
    assert set(had[:3]) == {one, two, three}, "first what they have not had"
    assert all(before != after for before, after in pairwise(had))
    rows = db.session.execute(select(Problem.id, Problem.plays).where(Problem.id.in_(ids[1:])))
    assert dict(rows.all()) == Counter(had)
    assert db.session.get_one(Problem, had[-1], populate_existing=True).last_played_at == house.clock()


def test_the_topic_of_the_week_and_browsing_by_topic(house: House) -> None:
    ids = db.session.scalars(select(Problem.id).where(Problem.in_play).order_by(Problem.rank, Problem.id)).all()
    knots = Problem.document.op("||")({"topics": ["knots"]})
    db.session.execute(update(Problem).where(Problem.id == ids[2]).values(document=knots))
    db.session.commit()
    ada, bob = house.user("ada"), house.user("bob")
    client, as_ada = house.app.test_client(), headers(house, ada)
    listed = client.get("/problems?topic=Knots", headers=as_ada)
    assert [problem["id"] for problem in listed.get_json()] == [ids[2]]
    assert listed.headers["X-Total-Count"] == "1"
    assert client.get("/problems/random?topic=knots", headers=as_ada).get_json()["id"] == ids[2]
    assert client.get("/problems/random?topic=knobs", headers=as_ada).get_json()["code"] == "problem_not_found"
    for wrong in ("", "x" * 61, "a%00b"):
        assert client.get(f"/problems?topic={wrong}", headers=as_ada).status_code == 400
    twin = house.twin(duel_topic="knots")
    with twin.app.app_context():
        room = twin.playing(ada, bob)
        assert twin.entries(room)[2].event.problem_id == ids[2]  # type: ignore[union-attr]
        db.session.remove()
        db.engine.dispose()


def test_a_thousand_problems_and_a_player_who_has_had_five_hundred(shelf: Shelf, house: House) -> None:
    """One statement, whatever there is to choose from."""
    ada, bob = house.user("ada"), house.user("bob")
    db.session.execute(
        text(
            "INSERT INTO problems (slug, version, title, rank, document, in_play)"
            " SELECT 'many-' || n, 1, 'Many', (ARRAY['bronze', 'silver', 'gold', 'platinum'])[1 + n % 4],"
            " '{\"topics\": []}', true FROM generate_series(1, 1000) AS n"
        )
    )
    ids = db.session.scalars(
        select(Problem.id).where(Problem.in_play, Problem.rank == "gold").order_by(Problem.id)
    ).all()
    others = db.session.scalars(select(Problem.id).where(Problem.in_play, Problem.rank != "gold").limit(251)).all()
    had = [*others, *ids[:249]]
    codes = [{"code": f"{number:06}", "created_at": house.clock()} for number in range(500)]
    rooms = db.session.execute(insert(Room).returning(Room.id, Room.code), codes).all()
    match_ids = db.session.scalars(
        insert(Match).returning(Match.id),
        [{"room_id": room.id, "room": room.code, "created_at": house.clock()} for room in rooms],
    ).all()
    db.session.execute(insert(MatchPlayer), [{"match_id": id_, "user_id": ada, "live": False} for id_ in match_ids])
    rounds = [{"match_id": id_, "number": 1, "problem_id": had[place]} for place, id_ in enumerate(match_ids)]
    db.session.execute(insert(MatchRound), rounds)
    db.session.execute(text("ANALYZE"))
    turns = (
        select(MatchPlayer.user_id, MatchRound.problem_id, MatchRound.match_id)
        .join(MatchRound, MatchRound.match_id == MatchPlayer.match_id)
        .where(MatchPlayer.user_id.in_([ada, bob]))
    )
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _cursor, statement, *_: asked.append(statement))
    assert best(GOLD, turns, "", 1, [ada, bob]) == [[ids[249]], ids[:4]], "first the one that she has not had"
    assert len(asked) == 1
