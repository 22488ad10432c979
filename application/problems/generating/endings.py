"""What a draft ended with, read back from how it was kept."""

from __future__ import annotations

from application.ai import errors as of_models
from application.base import errors as of_all
from application.base.errors import CodemazeError, ServerError, by_code
from application.judge import errors as of_the_judge
from application.problems import errors as of_problems

_ENDS = by_code(of_all, of_models, of_the_judge, of_problems)


def ended(code: str, reason: str) -> CodemazeError:
    """The error of this code with its reason; ServerError for a code that no error has any more."""
    return _ENDS.get(code, ServerError)(reason)
