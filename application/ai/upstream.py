"""The one file that talks to OpenAI, or to whatever speaks its protocol: one question, one answer or a named failure.

The answer is read before the package parses it, because a parse that fails takes with it how many tokens were spent
and why the answer is not whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from application.ai import errors
from application.base.errors import CodemazeError

Json = dict[str, Any]
T = TypeVar("T", bound=BaseModel)

OPENAI = "https://api.openai.com/v1"
BUSY_SECONDS = 10
"""When to come back to a server that is busy and does not say for how long."""
MAX_BUSY_SECONDS = 3600

MAX_HEAD_BYTES, TOKEN_BYTES = 1024 * 1024, 64
"""Of an answer so much is read: what stands around the text, and what a token may take, written as JSON."""


@dataclass(frozen=True)
class Usage:
    """Tokens that the server has counted."""

    tokens_in: int = 0
    tokens_out: int = 0


class Failed(Exception):
    """A call without a usable answer. ``error`` is for the caller; ``detail`` is for the operator, made of nothing that
    could be the key or part of the question. ``usage`` is None when it is not known what the server did."""

    def __init__(self, error: CodemazeError, detail: str, usage: Usage | None) -> None:
        self.error, self.detail, self.usage = error, detail, usage
        super().__init__(f"{error.code}: {detail}")


class Upstream:
    """A model on a server."""

    def __init__(
        self,
        key: str | None,
        base_url: str | None,
        model: str,
        *,
        chat: bool,
        timeout_seconds: float,
        retries: int,
        output_tokens: int,
    ) -> None:
        """``chat``: the server has chat completions only. ``output_tokens``: what one answer may have."""
        # Importing it takes seconds of processor time, which a server without a model shall not spend.
        import openai

        self._openai = openai
        from application.ai.bounded import Bounded, Punctual

        most = MAX_HEAD_BYTES + TOKEN_BYTES * output_tokens
        transport = Bounded(Punctual(openai.DEFAULT_CONNECTION_LIMITS), most, timeout_seconds)
        self._client = openai.OpenAI(
            api_key=key or "none",
            base_url=base_url or OPENAI,
            timeout=timeout_seconds,
            max_retries=retries,
            http_client=openai.DefaultHttpxClient(transport=transport),
        )
        self.model, self.output_tokens = model, output_tokens
        self._chat = chat

    def ask(self, instructions: str, content: str, answer: type[T]) -> tuple[T, Usage | None]:
        """The model's answer, with what it took where the server says so; raises Failed."""
        openai = self._openai
        try:
            raw = (
                self._completion(instructions, content, answer)
                if self._chat
                else self._response(instructions, content, answer)
            )
        except openai.APITimeoutError as error:
            raise Failed(errors.AiTimeout(), "no answer in time", None) from error
        except openai.APIConnectionError as error:
            cause = type(error.__cause__).__name__
            # What never got through has cost nothing; of what broke off later, nobody knows.
            usage = Usage() if cause.startswith("Connect") else None
            raise Failed(errors.AiUnavailable(), f"no connection: {cause}", usage) from error
        except openai.APIStatusError as error:
            raise _refused_by_server(error.status_code, error.code, error.type, error.response.headers) from error
        body = _json(raw.http_response)
        return (_from_completion if self._chat else _from_response)(body, answer)

    def _response(self, instructions: str, content: str, answer: type[T]) -> Any:
        return self._client.responses.with_raw_response.parse(
            model=self.model,
            instructions=instructions,
            input=content,
            text_format=answer,
            max_output_tokens=self.output_tokens,
            store=False,
        )

    def _completion(self, instructions: str, content: str, answer: type[T]) -> Any:
        # max_tokens is what servers other than OpenAI's understand.
        return self._client.chat.completions.with_raw_response.parse(
            model=self.model,
            messages=[{"role": "system", "content": instructions}, {"role": "user", "content": content}],
            response_format=answer,
            max_tokens=self.output_tokens,
        )


def _refused_by_server(status: int, code: object, type_: object, headers: Any) -> Failed:
    said = [
        f"status {status}",
        *(f"{part:.40}" for part in (code, type_) if isinstance(part, str) and part.isidentifier()),
    ]
    error: CodemazeError
    if status in (401, 403):
        error = errors.AiKeyRejected()
    elif status == 429:
        error = errors.AiBusy(retry_after=_seconds(headers.get("Retry-After")))
    elif status in (408, 504):
        error = errors.AiTimeout()
    else:
        error = errors.AiUnavailable()
    return Failed(error, ", ".join(said), Usage())


def _seconds(text: str | None) -> int:
    try:
        seconds = float(text or "")
    except ValueError:
        return BUSY_SECONDS
    return min(max(1, math.ceil(seconds)), MAX_BUSY_SECONDS) if math.isfinite(seconds) else BUSY_SECONDS


def _json(response: Any) -> Json:
    try:
        body = response.json()
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise Failed(errors.AiUnavailable(), "what answers does not speak this protocol", Usage())
    return body


def _from_response(body: Json, answer: type[T]) -> tuple[T, Usage | None]:
    """Read the body of a response of the API "responses"; raises Failed."""
    usage = _usage(body, "input_tokens", "output_tokens")
    parts = [
        part
        for item in _dicts(body.get("output"))
        if item.get("type") == "message"
        for part in _dicts(item.get("content"))
    ]
    if any(part.get("type") == "refusal" for part in parts):
        raise Failed(errors.AiRefused(), "refusal", usage)
    status = body.get("status", "completed")
    if status == "incomplete":
        details = body.get("incomplete_details")
        reason = details.get("reason") if isinstance(details, dict) else None
        if reason == "content_filter":
            raise Failed(errors.AiRefused(), "content filter", usage)
        raise Failed(errors.AiTruncated(), "incomplete", usage)
    if status != "completed":
        raise Failed(errors.AiUnavailable(), f"status of the response: {status!s:.20}", usage)
    text = "".join(str(part.get("text", "")) for part in parts if part.get("type") == "output_text")
    return _parsed(text, answer, usage)


def _from_completion(body: Json, answer: type[T]) -> tuple[T, Usage | None]:
    """Read the body of a chat completion; raises Failed."""
    usage = _usage(body, "prompt_tokens", "completion_tokens")
    choice = next(_dicts(body.get("choices")), {})
    message = choice.get("message")
    if not isinstance(message, dict):
        raise Failed(errors.AiAnswerInvalid(), "no message", usage)
    if message.get("refusal") or choice.get("finish_reason") == "content_filter":
        raise Failed(errors.AiRefused(), "refusal" if message.get("refusal") else "content filter", usage)
    if choice.get("finish_reason") == "length":
        raise Failed(errors.AiTruncated(), "length", usage)
    return _parsed(str(message.get("content") or ""), answer, usage)


def _parsed(text: str, answer: type[T], usage: Usage | None) -> tuple[T, Usage | None]:
    try:
        return answer.model_validate_json(text), usage
    except ValidationError as error:
        # Where it is wrong and how, but not the values, which may repeat the question.
        flaws = error.errors(include_url=False, include_context=False, include_input=False)
        said = "; ".join(f"{'.'.join(map(str, flaw['loc']))} {flaw['type']}".strip() for flaw in flaws)
        raise Failed(errors.AiAnswerInvalid(), said, usage) from None


def _usage(body: Json, tokens_in: str, tokens_out: str) -> Usage | None:
    usage = body.get("usage")
    counts = [usage.get(name) for name in (tokens_in, tokens_out)] if isinstance(usage, dict) else []
    whole = [count for count in counts if isinstance(count, int) and 0 <= count < 10**9]
    return Usage(*whole) if len(whole) == 2 else None


def _dicts(value: object) -> Iterator[Json]:
    return (item for item in value if isinstance(item, dict)) if isinstance(value, list) else iter(())
