"""Why the language model gives nothing."""

from __future__ import annotations

from application.base.errors import CodemazeError


class AiNotConfigured(CodemazeError):
    code, status, default = "ai_not_configured", 503, "This server has no language model to ask."


class AiRefused(CodemazeError):
    code, status, default = "ai_refused", 502, "The model refused to answer."


class AiTruncated(CodemazeError):
    code, status, default = "ai_truncated", 502, "The model's answer was cut off."


class AiAnswerInvalid(CodemazeError):
    code, status, default = "ai_answer_invalid", 502, "The model's answer is not of the form that was asked for."


class AiKeyRejected(CodemazeError):
    code, status, default = "ai_key_rejected", 503, "The model's server does not accept this server's key."


class AiBusy(CodemazeError):
    code, status, default = "ai_busy", 503, "The model's server takes no more requests for now."


class AiUnavailable(CodemazeError):
    code, status, default = "ai_unavailable", 503, "The model's server cannot be reached or does not work."


class AiTimeout(CodemazeError):
    code, status, default = "ai_timeout", 504, "The model took too long to answer."


class AiQuotaExceeded(CodemazeError):
    code, status, default = "ai_quota_exceeded", 429, "You have asked the model as often as you may today."


class AiBudgetExceeded(CodemazeError):
    code, status, default = "ai_budget_exceeded", 503, "This server has spent what it may spend on the model today."
