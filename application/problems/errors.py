"""What is refused about problems, and about drafts of them."""

from __future__ import annotations

from application.base.errors import CodemazeError


class ProblemNotFound(CodemazeError):
    code, status, default = "problem_not_found", 404, "There is no such problem."


class ProblemNotPlayed(CodemazeError):
    code, status, default = "problem_not_played", 403, "You have not had this problem in a match."


class InvalidReason(CodemazeError):
    code, status, default = "invalid_reason", 422, "A reason has 1 to 1000 characters that can be read."


class ProblemNotProven(CodemazeError):
    code, status, default = "problem_not_proven", 409, "There is no proof of this problem."


class DraftNotFound(CodemazeError):
    code, status, default = "draft_not_found", 404, "There is no such draft, or it is not yours."


class DraftRejected(CodemazeError):
    code, status, default = "draft_rejected", 422, "The draft could not be proven."


class InvalidDraft(CodemazeError):
    code, status, default = "invalid_draft", 422, "The draft is not well formed."


class SlugTaken(CodemazeError):
    code, status, default = "slug_taken", 409, "There is a problem with this slug; a new version of it is put there."


class TooManyDrafts(CodemazeError):
    code, status, default = "too_many_drafts", 429, "Too many drafts of yours are still being proven; wait for them."


class NoProblemInPlay(CodemazeError):
    code, status, default = "no_problem_in_play", 503, "No problem is in play yet."
