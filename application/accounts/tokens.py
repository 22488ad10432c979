"""Access tokens: issuing them, reading them, and the end of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from flask_jwt_extended import create_access_token, decode_token
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt import ExpiredSignatureError, PyJWTError
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from application.accounts.models import RevokedToken, User
from application.base.clock import Clock
from application.base.database import db, transaction
from application.base.errors import NotAuthenticated, TokenExpired, TokenRevoked
from application.base.identity import Identity


class Tokens:
    """Issues, reads and revokes access tokens. Listeners are told the ``jti`` of each token that is revoked."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._listeners: list[Callable[[str], None]] = []

    def on_revoked(self, listener: Callable[[str], None]) -> None:
        """Call ``listener`` with a token's jti once it is revoked."""
        self._listeners.append(listener)

    def issue(self, user: User) -> str:
        """A new access token for the user."""
        token: str = create_access_token(identity=str(user.id))
        return token

    def identify(self, token: object) -> Identity:
        """Read a token; raises NotAuthenticated, TokenExpired or TokenRevoked."""
        if not isinstance(token, str) or not token:
            raise NotAuthenticated
        try:
            claims = decode_token(token)
        except ExpiredSignatureError as error:
            raise TokenExpired from error
        except (PyJWTError, JWTExtendedException, ValueError) as error:
            raise NotAuthenticated("The access token is not valid.") from error
        return self.accept(claims)

    def accept(self, claims: Mapping[str, Any]) -> Identity:
        """The identity behind claims whose signature was checked; raises NotAuthenticated or TokenRevoked."""
        subject, jti = str(claims.get("sub", "")), str(claims.get("jti", ""))
        if claims.get("type") != "access" or not subject.isdecimal() or not jti:
            raise NotAuthenticated("The access token is not valid.")
        if db.session.get(RevokedToken, jti) is not None:
            raise TokenRevoked
        if db.session.scalar(select(User.id).where(User.id == int(subject))) is None:
            raise NotAuthenticated("The user of this token does not exist.")
        return Identity(int(subject), jti, datetime.fromtimestamp(claims["exp"], UTC))

    def revoked_among(self, jtis: Sequence[str]) -> list[str]:
        """Those of these tokens that were logged out."""
        return list(db.session.scalars(select(RevokedToken.jti).where(RevokedToken.jti.in_(jtis)))) if jtis else []

    def revoke(self, identity: Identity) -> None:
        """End this token, and forget those that have expired anyway."""
        row = {"jti": identity.jti, "expires_at": identity.expires_at}
        with transaction() as session:
            session.execute(insert(RevokedToken).values(row).on_conflict_do_nothing())
            session.execute(delete(RevokedToken).where(RevokedToken.expires_at < self._clock()))
        for listener in self._listeners:
            listener(identity.jti)
