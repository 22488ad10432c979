"""Accounts and tokens."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from flask_jwt_extended import create_access_token
from flask_migrate import check, downgrade, upgrade
from sqlalchemy import delete, text

from application.accounts import errors
from application.accounts.models import RevokedToken, User
from application.accounts.service import Users
from application.accounts.signing_key import signing_key
from application.base.config import Settings
from application.base.database import db
from application.base.errors import CodemazeError, NotAuthenticated, TokenExpired, TokenRevoked
from application.ratings.leaderboard import by_xp, leaderboard
from application.ratings.ranks import rank_of
from tests.integration.conftest import House

PASSWORD = "correct horse"


@pytest.fixture
def users(house: House) -> Users:
    return house.codemaze.accounts.users


def test_registering_and_logging_in(users: Users) -> None:
    ada = users.register("Ada.L", PASSWORD)
    assert users.authenticate("ada.l", PASSWORD).id == ada.id
    assert PASSWORD not in ada.password_hash
    assert (ada.xp, rank_of(ada.xp).name, ada.avatar) == (0, "Bronze", None)
    with pytest.raises(errors.UsernameTaken):
        users.register("ADA.L", PASSWORD)


@pytest.mark.parametrize("name", ["a", "a" * 31, "a b", "ä", "", "a\x00b", "abc\n", "profile", "Leaderboard", ".."])
def test_names_that_are_no_usernames(users: Users, name: str) -> None:
    with pytest.raises(errors.InvalidUsername):
        users.register(name, PASSWORD)


@pytest.mark.parametrize("password", ["", "7 signs", "x" * 129, "half a pair \ud800"])
def test_passwords_that_are_none(users: Users, password: str) -> None:
    with pytest.raises(errors.InvalidPassword):
        users.register("ada", password)


@pytest.mark.parametrize(
    ("name", "password"), [("ada", "wrong horse"), ("eve", PASSWORD), ("", PASSWORD), ("ada", "\ud800" * 8)]
)
def test_wrong_credentials_are_wrong_alike(users: Users, name: str, password: str) -> None:
    users.register("ada", PASSWORD)
    with pytest.raises(errors.WrongCredentials):
        users.authenticate(name, password)


def test_one_name_registered_at_once_is_one_account(house: House, users: Users) -> None:
    answers = house.at_once(*[lambda: users.register("ada", PASSWORD).id] * 4)
    assert sum(isinstance(answer, int) for answer in answers) == 1
    assert sum(isinstance(answer, errors.UsernameTaken) for answer in answers) == 3


def test_the_leaderboard_is_by_xp_and_then_by_age(house: House) -> None:
    ids = [house.user(f"p{number}", xp) for number, xp in enumerate((10, 300, 10, 0))]
    found, total = leaderboard(3, 0)
    assert ([user.id for user in found], total) == ([ids[1], ids[0], ids[2]], 4)
    assert [user.id for user in leaderboard(3, 3)[0]] == [ids[3]]


def test_the_leaderboard_is_read_from_its_index_alone(house: House) -> None:
    many = text(
        "INSERT INTO users (username, password_hash, xp) SELECT 'p' || n, '-', n FROM generate_series(1, 3000) n"
    )
    db.session.execute(many)
    db.session.commit()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE users"))
    asked = by_xp(100, 50).compile(db.engine, compile_kwargs={"literal_binds": True})
    plan = "\n".join(db.session.scalars(text(f"EXPLAIN (ANALYZE, TIMING off) {asked}")))
    assert "Index Only Scan using ix_users_listed" in plan
    assert "Heap Fetches: 0" in plan


def test_users_are_counted_as_they_come_and_go(house: House) -> None:
    def total() -> int:
        return leaderboard(1, 0)[1]

    def add(name: str, keep: bool = True) -> None:
        db.session.add_all([User(username=f"{name}{number}", password_hash="none") for number in range(3)])
        db.session.flush()
        if keep:
            db.session.commit()

    assert total() == 0
    house.at_once(*[partial(add, f"kept{number}.") for number in range(8)], partial(add, "undone", False))
    assert total() == 24
    db.session.execute(delete(User).where(User.username.startswith("kept1.")))
    assert total() == 21
    db.session.rollback()
    assert total() == 24
    db.session.execute(text("TRUNCATE users CASCADE"))
    assert total() == 0


def test_who_is_not_listed_is_on_no_leaderboard(house: House, users: Users) -> None:
    shown, hidden = users.register("ada", PASSWORD), users.register("bob", PASSWORD, listed=False)
    hidden.xp = 1000
    db.session.commit()
    found, total = leaderboard(10, 0)
    assert ([user.id for user in found], total) == ([shown.id], 1)
    assert users.named("bob").xp == 1000
    for gone, left in ((hidden, 1), (shown, 0)):
        db.session.delete(gone)
        db.session.commit()
        assert leaderboard(10, 0)[1] == left


def test_the_leaderboard_of_an_older_version_has_everybody(house: House, users: Users) -> None:
    users.register("ada", PASSWORD)
    users.register("bob", PASSWORD, listed=False)
    db.session.remove()
    downgrade(revision="0009")
    count = text("SELECT sum(users) FROM user_counts")
    assert db.session.scalar(count) == 2
    db.session.execute(text("INSERT INTO users (username, password_hash) VALUES ('eve', '-')"))
    db.session.commit()
    assert db.session.scalar(count) == 3
    db.session.remove()
    upgrade(revision="heads")
    assert leaderboard(10, 0)[1] == 3


def test_the_models_are_what_the_migrations_make(house: House) -> None:
    check()


def test_avatars(house: House, users: Users) -> None:
    ada, bob = house.user("ada"), house.user("bob")
    users.set_avatar(ada, "https://example.org/a.png")
    assert [user.id for user in users.avatars(["bob", "ADA"])] == [bob, ada]
    assert [user.id for user in users.avatars(["ada", "ada"])] == [ada]
    assert [user.id for user in users.avatars(["nobody", "bob"])] == [bob]
    with pytest.raises(errors.NobodyFound):
        users.avatars(["nobody", "\x00"])
    with pytest.raises(errors.InvalidAvatar):
        users.set_avatar(ada, "http://example.org/a.png")
    assert users.set_avatar(ada, None).avatar is None
    with pytest.raises(errors.UserNotFound):
        users.get(10**6)
    with pytest.raises(errors.UserNotFound):
        users.named("no body")


def test_avatars_of_certain_hosts_only(house: House, users: Users) -> None:
    strict = Users(("pics.org",))
    ada, bob, eve = house.user("ada"), house.user("bob"), house.user("eve")
    users.set_avatar(ada, "https://other.org/a.png")
    strict.set_avatar(bob, "https://pics.org/b.png")
    with pytest.raises(errors.InvalidAvatar, match=r"pics\.org"):
        strict.set_avatar(ada, "https://other.org/b.png")
    db.session.execute(text("UPDATE users SET avatar = :bad WHERE id = :id"), {"bad": "https://x.org/a'", "id": eve})
    db.session.commit()
    assert users.remove_unfit_avatars() == 1
    assert strict.remove_unfit_avatars() == 1
    db.session.expire_all()
    assert [users.get(user).avatar for user in (ada, bob, eve)] == [None, "https://pics.org/b.png", None]


def test_a_token_speaks_for_its_user_until_it_is_revoked(house: House, users: Users) -> None:
    tokens, told = house.codemaze.accounts.tokens, list[str]()
    tokens.on_revoked(told.append)
    token = tokens.issue(users.register("ada", PASSWORD))
    identity = tokens.identify(token)
    assert identity.user_id == users.named("ada").id
    tokens.revoke(identity)
    tokens.revoke(identity)
    with pytest.raises(TokenRevoked):
        tokens.identify(token)
    assert told == [identity.jti] * 2
    house.clock.now = identity.expires_at + timedelta(seconds=1)
    tokens.revoke(replace(identity, jti="another"))
    assert house.count(RevokedToken, RevokedToken.jti == identity.jti) == 0


def deleted(house: House) -> str:
    user = house.codemaze.accounts.users.register("eve", PASSWORD)
    token = house.codemaze.accounts.tokens.issue(user)
    db.session.delete(db.session.get_one(User, user.id))
    db.session.commit()
    return token


@pytest.mark.parametrize(
    ("make", "refusal"),
    [
        (lambda _: None, NotAuthenticated),
        (lambda _: "", NotAuthenticated),
        (lambda _: 7, NotAuthenticated),
        (lambda _: "no.such.token", NotAuthenticated),
        (lambda _: create_access_token("ada"), NotAuthenticated),
        (lambda _: create_access_token("1", expires_delta=timedelta(seconds=-9)), TokenExpired),
        (deleted, NotAuthenticated),
    ],
)
def test_tokens_that_speak_for_nobody(
    house: House, make: Callable[[House], object], refusal: type[CodemazeError]
) -> None:
    with pytest.raises(refusal):
        house.codemaze.accounts.tokens.identify(make(house))


def test_the_signing_key_is_made_once_and_is_private(tmp_path: Path) -> None:
    path = tmp_path / "new" / "signing_key"
    key = signing_key(path)
    assert len(key) >= 32
    assert signing_key(path) == key
    assert path.stat().st_mode & 0o777 == 0o600
    assert [entry.name for entry in path.parent.iterdir()] == ["signing_key"]


def test_a_short_secret_is_refused() -> None:
    from application.base.config import InvalidSetting

    with pytest.raises(InvalidSetting, match="JWT_SECRET_KEY"):
        Settings.from_environment({"JWT_SECRET_KEY": "short"})
