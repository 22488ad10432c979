"""What comes out of a sandbox, whatever it is, can be kept and sent, or is refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.judge.executor import DirectExecutor
from application.judge.grader import Grader
from application.judge.languages.language import Language
from application.judge.languages.program import Program, Run
from application.judge.outcome import Garbled, Reply, read_json, run_result
from application.judge.signature import parse_signature
from application.judge.verdicts import JudgeRequest, Limits, RunResult
from application.judge.verdicts import Test as Case
from application.matches.reporting import report_of

SIGNATURES = [parse_signature("f", [], type_) for type_ in ("float", "list<string>", "map<string,int>")]
NUMBERS = st.sampled_from(
    ["1e999", "-1e999", "1e308", "NaN", "Infinity", "-Infinity", "1" * 5000, "0.1", "-0.0", "9" * 30]
)
STRINGS = st.text(st.characters(min_codepoint=0, max_codepoint=0x10FFFF, exclude_categories=())).map(json.dumps)
VALUES = st.recursive(
    NUMBERS | STRINGS | st.sampled_from(["null", "true"]),
    lambda inner: (
        st.lists(inner, max_size=4).map(lambda items: f"[{','.join(items)}]")
        | st.lists(st.tuples(STRINGS, inner), max_size=4).map(
            lambda pairs: "{" + ",".join(f"{key}:{value}" for key, value in pairs) + "}"
        )
    ),
    max_leaves=20,
)
RESULTS = (
    st.binary(max_size=200)
    | VALUES.map(lambda value: f'{{"value": {value}}}'.encode())
    | st.tuples(VALUES, VALUES).map(lambda pair: f'{{"verdict": {pair[0]}, "message": {pair[1]}}}'.encode())
    | STRINGS.map(lambda told: f'{{"verdict": "runtime_error", "message": {told}}}'.encode())
)


def replies(result: bytes, console: bytes, header: dict[str, Any]) -> Reply:
    return Reply("exited", {"end": "exited", **header}, console, result)


class Stub:
    """A language whose programs have answered already."""

    def program(self, *_: object) -> Program:
        return Program(Run("fork"), lambda _: b"")


class Answered:
    def __init__(self, run: RunResult) -> None:
        self._run = run

    def run(self, _program: object, calls: list[Any], *_: object) -> list[RunResult]:
        return [self._run] * len(calls)


@given(
    RESULTS,
    st.binary(max_size=100),
    st.dictionaries(
        st.sampled_from(["signal", "code", "cpu_ms", "memory_kib", "printed", "tail"]), st.integers() | st.text()
    ),
    st.sampled_from(SIGNATURES),
)
def test_whatever_a_program_answers_can_be_kept_and_sent(
    result: bytes, console: bytes, header: dict[str, Any], signature: Any
) -> None:
    try:
        run = run_result(replies(result, console, header), 1000)
    except Garbled:
        return
    language: dict[str, Language] = {"stub": Stub()}  # type: ignore[dict-item]
    grader = Grader(DirectExecutor(Answered(run), language))  # type: ignore[arg-type]
    tests = (Case([], 1.0, False), Case([], 1.0, True))
    report = report_of(grader.judge(JudgeRequest("stub", "", signature, "exact", Limits(), tests)))
    (tried,) = grader.run("stub", "", signature, [[]], Limits())
    for kept in (report, [tried.value, tried.message, tried.console, tried.exit_reason, tried.time_ms]):
        text = json.dumps(kept, allow_nan=False, ensure_ascii=False)
        text.encode()
        assert "\0" not in text
        assert "\\u0000" not in text.replace("\\\\", "")


@pytest.mark.parametrize(
    "text", ["1e999", "[1, -1e999]", '{"a": {"b": 1e400}}', "NaN", "[Infinity]", "[" * 100 + "]" * 100]
)
def test_what_no_value_is(text: str) -> None:
    with pytest.raises(Garbled):
        read_json(text.encode())
