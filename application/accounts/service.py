"""Accounts: making one, logging in, and reading what others may see."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from sqlalchemy import func, select, update
from sqlalchemy.exc import IntegrityError

from application.accounts import errors, passwords
from application.accounts.avatars import is_avatar
from application.accounts.models import TEACHER, User
from application.base.database import db, transaction

USERNAME = re.compile(r"[A-Za-z0-9_.-]{2,30}\Z")
RESERVED = frozenset({"profile", "leaderboard", "update", "avatars", ".", ".."})
"""Names that the routes under /users have taken."""
RESERVED_FOR_BOTS = "bot-"
"""What the names of bots begin with, and no others."""


class Users:
    """The accounts of this server. Avatars must be at one of ``avatar_hosts``; when there are none, anywhere."""

    def __init__(self, avatar_hosts: Collection[str] = ()) -> None:
        self._avatar_hosts = avatar_hosts

    def register(self, username: str, password: str, asker: str = "", *, listed: bool = True) -> User:
        """Make an account, which the leaderboard shows if it is ``listed``.

        Raises InvalidUsername, InvalidPassword, UsernameTaken (ignoring case) or RateLimited.
        """
        if not USERNAME.match(username):
            raise errors.InvalidUsername(fields={"username": errors.InvalidUsername.default})
        if username.lower() in RESERVED or username.lower().startswith(RESERVED_FOR_BOTS):
            raise errors.InvalidUsername("This username is reserved.", fields={"username": "is reserved"})
        if not 8 <= len(password) <= 128 or not passwords.is_hashable(password):
            raise errors.InvalidPassword(fields={"password": errors.InvalidPassword.default})
        taken = errors.UsernameTaken(fields={"username": "is taken"})
        if self.has(username):
            raise taken
        user = User(username=username, password_hash=passwords.hash_password(password, asker), listed=listed)
        try:
            with transaction() as session:
                session.add(user)
        except IntegrityError as error:
            raise taken from error
        return user

    def authenticate(self, username: str, password: str, asker: str = "") -> User:
        """The user of these credentials; raises WrongCredentials, after the same time whatever is wrong."""
        user = self._find(username) if USERNAME.match(username) else None
        password_hash = user.password_hash if user and not user.bot else None
        db.session.rollback()  # gives the connection back while the hash is computed
        if not passwords.matches(password, password_hash, asker) or user is None:
            raise errors.WrongCredentials
        return user

    def has(self, username: str) -> bool:
        """Whether somebody has this name, ignoring case; gives the database connection back."""
        found = bool(USERNAME.match(username)) and self._find(username) is not None
        db.session.rollback()
        return found

    def get(self, user_id: int) -> User:
        """The user of this id; raises UserNotFound."""
        user = db.session.get(User, user_id)
        if user is None:
            raise errors.UserNotFound
        return user

    def named(self, username: str) -> User:
        """The user of this name, ignoring case; raises UserNotFound."""
        user = self._find(username) if USERNAME.match(username) else None
        if user is None:
            raise errors.UserNotFound
        return user

    def names(self, user_ids: Collection[int]) -> dict[int, str]:
        """The names of those of these users who exist, by id."""
        found = select(User.id, User.username).where(User.id.in_(user_ids))
        return {row.id: row.username for row in db.session.execute(found)}

    def set_avatar(self, user_id: int, avatar: str | None) -> User:
        """Give the user an avatar, or with None take it away; raises InvalidAvatar."""
        if avatar is not None and not is_avatar(avatar, self._avatar_hosts):
            wrong = errors.InvalidAvatar.default
            if self._avatar_hosts:
                wrong += f" Here it lies at {' or '.join(self._avatar_hosts)}."
            raise errors.InvalidAvatar(wrong, fields={"avatar": wrong})
        with transaction():
            user = self.get(user_id)
            user.avatar = avatar
        return user

    def avatars(self, usernames: Sequence[str]) -> list[User]:
        """Those of the named users who exist, in the order of the names; raises NobodyFound when none does."""
        found = [user for name in usernames if USERNAME.match(name) and (user := self._find(name))]
        if not found:
            raise errors.NobodyFound
        return list(dict.fromkeys(found))

    def remove_unfit_avatars(self) -> int:
        """Remove the avatars that today's rules would refuse; returns how many."""
        with transaction() as session:
            kept = session.execute(select(User.id, User.avatar).where(User.avatar.is_not(None)))
            unfit = [user_id for user_id, avatar in kept if not is_avatar(avatar or "", self._avatar_hosts)]
            session.execute(update(User).where(User.id.in_(unfit)).values(avatar=None))
        return len(unfit)

    def set_role(self, username: str, role: str) -> User:
        """Make the user of this name, ignoring case, a teacher or only a player; raises UserNotFound."""
        with transaction():
            user = self.named(username)
            user.role = role
        return user

    def is_teacher(self, user_id: int) -> bool:
        """Whether the user is a teacher now. Tokens do not say it, as it may have changed since they were made."""
        return db.session.scalar(select(User.role).where(User.id == user_id)) == TEACHER

    def must_teach(self, user_id: int) -> None:
        """Raises NotATeacher unless the user is a teacher at this moment."""
        if not self.is_teacher(user_id):
            raise errors.NotATeacher

    def _find(self, username: str) -> User | None:
        return db.session.scalar(select(User).where(func.lower(User.username) == username.lower()))
