"""A small server that speaks OpenAI's protocol, responses and chat completions, and answers what a test tells it to."""

from __future__ import annotations

import contextlib
import json
import threading
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Refusal:
    """The model says that it will not."""

    text: str = "I cannot help with that."


@dataclass(frozen=True)
class Truncated:
    """The answer ends at the limit of its tokens, in the middle."""


@dataclass(frozen=True)
class Filtered:
    """The provider's content filter ends the answer."""


@dataclass(frozen=True)
class Status:
    """No answer but an HTTP status."""

    code: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None


@dataclass(frozen=True)
class RawText:
    """An answer that is whatever this text is."""

    text: str


@dataclass(frozen=True)
class Sleep:
    """No answer for so many seconds, then none at all."""

    seconds: float


@dataclass(frozen=True)
class Drop:
    """The connection ends without an answer."""


Answer = Refusal | Truncated | Filtered | Status | RawText | Sleep | Drop | Json | list[Any]
"""What the model answers; a JSON value is a good answer."""


class ModelServer:
    """The server. ``answer`` is asked for each request, which is ``{api, model, schema, instructions, content,
    authorization, raw}``: ``schema`` is the name of the form that is asked for, ``raw`` the body. ``requests`` are all
    that came. Every answer counts ``usage`` tokens, read and written."""

    def __init__(self, answer: Callable[[Json], Answer]) -> None:
        self.answer, self.requests, self.faults = answer, list[Json](), list[str]()
        self.usage: tuple[int, int] | None = (1000, 500)
        self.ended = threading.Event()
        self.url = ""

    def reply(self, request: Json) -> tuple[int, Mapping[str, str], Any] | None:
        """Status, headers and body for a request, or None to end the connection."""
        self.requests.append(request)
        try:
            answer = self.answer(request)
        except Exception:
            self.faults.append(traceback.format_exc())
            return 400, {}, {"error": {"message": "the test's answer failed"}}
        match answer:
            case Sleep(seconds):
                self.ended.wait(seconds)
                return None
            case Drop():
                return None
            case Status(code, headers, body):
                return code, headers, body
        body = _completion(answer) if request["api"] == "chat" else _response(answer)
        names = (
            ("prompt_tokens", "completion_tokens") if request["api"] == "chat" else ("input_tokens", "output_tokens")
        )
        if self.usage:
            body["usage"] = dict(zip(names, self.usage, strict=True)) | {"total_tokens": sum(self.usage)}
        return 200, {}, body | {"model": request["model"]}


def _text(answer: Answer) -> str:
    if isinstance(answer, RawText):
        return answer.text
    return '{"cut": "of' if isinstance(answer, Truncated | Filtered) else json.dumps(answer)


def _response(answer: Answer) -> Json:
    part: Json
    if isinstance(answer, Refusal):
        part = {"type": "refusal", "refusal": answer.text}
    else:
        part = {"type": "output_text", "text": _text(answer), "annotations": []}
    reason = {Truncated: "max_output_tokens", Filtered: "content_filter"}.get(type(answer))
    status = "incomplete" if reason else "completed"
    message = {"type": "message", "id": "msg_1", "role": "assistant", "status": status, "content": [part]}
    return {
        "id": "resp_1",
        "object": "response",
        "created_at": 1,
        "status": status,
        "incomplete_details": {"reason": reason} if reason else None,
        "output": [{"type": "reasoning", "id": "rs_1", "summary": []}, message],
    }


def _completion(answer: Answer) -> Json:
    refusal = answer.text if isinstance(answer, Refusal) else None
    content = None if refusal else _text(answer)
    reason = {Truncated: "length", Filtered: "content_filter"}.get(type(answer), "stop")
    message = {"role": "assistant", "content": content, "refusal": refusal}
    choice = {"index": 0, "finish_reason": reason, "message": message}
    return {"id": "chatcmpl-1", "object": "chat.completion", "created": 1, "choices": [choice]}


def _request(path: str, authorization: str | None, body: Json) -> Json | None:
    """The request as tests see it, or None for a path that there is not."""
    common = {"model": body.get("model"), "authorization": authorization, "raw": body}
    if path == "/v1/responses":
        said = {"instructions": body["instructions"], "content": body["input"]}
        return {"api": "responses", "schema": body["text"]["format"]["name"], **said, **common}
    if path == "/v1/chat/completions":
        system, user = body["messages"]
        said = {"instructions": system["content"], "content": user["content"]}
        return {"api": "chat", "schema": body["response_format"]["json_schema"]["name"], **said, **common}
    return None


@contextlib.contextmanager
def serving(answer: Callable[[Json], Answer]) -> Iterator[ModelServer]:
    """The server on a port of its own; ``url`` is what OPENAI_BASE_URL is set to. What ``answer`` raises fails the
    test in the end."""
    model = ModelServer(answer)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            request = _request(self.path, self.headers.get("Authorization"), body)
            reply = model.reply(request) if request else (404, {}, {"error": {"message": "no such path"}})
            if reply is None:
                self.close_connection = True
                return
            status, headers, answered = reply
            text = answered.encode() if isinstance(answered, str) else json.dumps(answered).encode()
            self.send_response(status)
            fixed = {"Content-Type": "application/json", "Content-Length": str(len(text))}
            for name, value in {**fixed, **headers}.items():
                self.send_header(name, value)
            self.end_headers()
            with contextlib.suppress(ConnectionError):
                self.wfile.write(text)

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

    server = Quiet(("127.0.0.1", 0), Handler)
    model.url = f"http://127.0.0.1:{server.server_port}/v1"
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield model
    finally:
        model.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()
    assert not model.faults, model.faults
