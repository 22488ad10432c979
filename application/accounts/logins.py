"""Logging in, within what one address may cost: a guess costs as much work as a right password."""

from __future__ import annotations

from application.accounts.errors import WrongCredentials
from application.accounts.models import User
from application.accounts.service import Users
from application.base.errors import RateLimited
from application.base.rates import Rate


class Logins:
    """Checks passwords. ``guesses`` counts for each address the attempts that are likely to fail.

    Those are attempts for names that nobody has, and for names that somebody at this address failed with (``failed``)
    a moment ago. So a class behind one address can log in, whatever one of them does.
    """

    def __init__(self, users: Users, guesses: Rate, failed: Rate) -> None:
        self._users, self._guesses, self._failed = users, guesses, failed

    def authenticate(self, username: str, password: str, address: str) -> User:
        """The user of these credentials; raises WrongCredentials, or RateLimited before anything is computed."""
        who = f"{address} {username.lower()[:40]}"
        if self._failed.is_spent(who) or not self._users.has(username):
            self._guesses.spend(address)
        try:
            return self._users.authenticate(username, password, address)
        except WrongCredentials:
            try:
                self._failed.spend(who)
            except RateLimited:  # it is known already
                pass
            raise
