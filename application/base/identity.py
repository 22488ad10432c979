"""Who a token speaks for, as every door sees it: accounts issue the tokens, the doors only have them read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True)
class Identity:
    """Who a valid token speaks for, which token it is, and when it ends."""

    user_id: int
    jti: str
    expires_at: datetime


class TokenReader(Protocol):
    """Reads tokens, and knows which of them were logged out."""

    def identify(self, token: object) -> Identity:
        """Read a token; raises NotAuthenticated, TokenExpired or TokenRevoked."""
        ...

    def on_revoked(self, listener: Callable[[str], None]) -> None:
        """Call ``listener`` with a token's jti once it is revoked."""
        ...

    def revoked_among(self, jtis: Sequence[str]) -> list[str]:
        """Those of these tokens that were logged out."""
        ...
