"""Why code is not judged."""

from __future__ import annotations

from application.base.errors import CodemazeError


class UnknownLanguage(CodemazeError):
    code, status, default = "unknown_language", 422, "This server does not judge that language."


class EmptySubmission(CodemazeError):
    code, status, default = "empty_submission", 422, "There is no code in the submission."


class JudgeUnavailable(CodemazeError):
    code, status, default = "judge_unavailable", 503, "Judging is switched off on this server."
