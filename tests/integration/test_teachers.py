"""Teachers, and what they and the players' reports do to problems."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from application.commands import add_commands
from application.extensions import db
from application.users.models import User
from tests.integration.conftest import House


def headers(house: House, user_id: int) -> dict[str, str]:
    return {"Authorization": house.codemaze.tokens.issue(db.session.get_one(User, user_id))}


def test_the_tables_are_those_of_the_models(house: House) -> None:
    with db.engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), db.metadata) == []


def test_a_user_is_made_a_teacher_and_a_player_again(house: House) -> None:
    add_commands(house.app)
    run, client, ada = house.app.test_cli_runner().invoke, house.app.test_client(), house.user("Ada")
    as_ada = headers(house, ada)

    def role() -> str:
        shown: str = client.get("/users/profile", headers=as_ada).get_json()["role"]
        return shown

    assert role() == "player"
    assert run(args=["users", "promote", "ada", "teacher"]).output == "Ada is a teacher now\n"
    assert role() == "teacher"
    assert "role" not in client.get("/users/ada").get_json()
    assert run(args=["users", "promote", "ada", "player"]).exit_code == 0
    assert role() == "player"
    assert "There is no such user" in run(args=["users", "promote", "eve", "teacher"]).output
    assert run(args=["users", "promote", "ada", "admin"]).exit_code == 2
