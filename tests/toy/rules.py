"""How much applause is enough."""

from __future__ import annotations

from application.base.errors import CodemazeError

MAX_CLAPS = 5


class TooMuchApplause(CodemazeError):
    code, status, default = "too_much_applause", 409, "That is enough."


def after(claps: int, more: int) -> int:
    """The claps of somebody who claps on; raises TooMuchApplause."""
    if claps + more > MAX_CLAPS:
        raise TooMuchApplause
    return claps + more
