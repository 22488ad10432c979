"""Why there is no review."""

from __future__ import annotations

from application.base.errors import CodemazeError


class MatchNotFinished(CodemazeError):
    code, status, default = "match_not_finished", 409, "The match is still going on."


class NothingToReview(CodemazeError):
    code, status, default = "nothing_to_review", 409, "Nobody handed in any code in this match."


class ReviewInProgress(CodemazeError):
    code, status, default = "review_in_progress", 409, "The review of this match is being written."


class ReviewNotFound(CodemazeError):
    code, status, default = "review_not_found", 404, "Nobody has asked for a review of this match yet."
