"""Runs one call of a player's Python function, in a process of its own that has its limits already.

The outcome goes to the result pipe as JSON: ``{"value": ...}``, or ``{"verdict", "message"}`` in the words of
``judge.verdicts``. Whatever the player's code does to this process, it can only spoil its own answer: what is expected
is not known here.
"""

from __future__ import annotations

import builtins
import io
import json
import linecache
import math
import os
import sys
import traceback
import types
from collections.abc import Callable
from typing import Any, NoReturn

FILENAME = "solution.py"
MEMORY_ERROR = b'{"verdict": "memory_limit", "message": "The program ran out of memory."}'
MAX_DEPTH = 60
MAX_INT_BITS = 1000
MAX_VALUES = 1_000_000
MAX_MESSAGE = 4000
MAX_RESULT = 1024 * 1024
RECURSION = 110_000
"""How deep calls may nest, unless a program says otherwise."""
SHOWN_FRAMES = 8
LAST_FRAMES = 200
"""Among so many of the last frames the player's own are looked for."""

TYPING = (
    *("Any", "Callable", "Counter", "DefaultDict", "Deque", "Dict", "FrozenSet", "Generator", "Iterable", "Iterator"),
    *("List", "Mapping", "Optional", "Sequence", "Set", "Tuple", "Union"),
)
"""Names that hints use. They are there without an import, as on other sites."""

_Traceback = traceback.TracebackException


class NotJson(Exception):
    """A returned value cannot be written as JSON; the text names the place and the reason."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason, self.path = reason, list[int | str]()

    def __str__(self) -> str:
        return "value" + "".join(f"[{step!r}]" for step in self.path) + " " + self.reason


def warm_up() -> None:
    """Load what solutions use most, once, before the forks. None of it holds anything a player may not see."""
    import bisect, collections, copy, dataclasses, functools, heapq, itertools, random, re, string, typing  # noqa: E401, F401, I001

    sys.path[:] = [folder for folder in sys.path if not folder.startswith("/judge")]
    for name in list(sys.modules):
        if name.partition(".")[0] in ("ctypes", "_ctypes", "seccompy", "bounds", "watch", "control"):
            del sys.modules[name]
    os.environ.clear()
    for name in ("exit", "quit"):  # python -S leaves them out
        setattr(builtins, name, sys.exit)
    for name in TYPING:
        setattr(builtins, name, getattr(typing, name))
    sys.setrecursionlimit(RECURSION)


def main(payload: bytes, result: int) -> NoReturn:
    """Run the call that ``payload`` describes, write its outcome to the descriptor ``result``, and exit."""
    leave = os._exit
    os._exit = _leave_printed
    try:
        outcome = _outcome(payload)
        text = json.dumps(outcome).encode()
        if len(text) > MAX_RESULT:
            text = json.dumps({"verdict": "output_limit", "message": "The returned value is too large."}).encode()
    except MemoryError:
        text = MEMORY_ERROR
    _flush()
    view = memoryview(text)
    while view:
        view = view[os.write(result, view) :]
    leave(0)


def _flush() -> None:
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except BaseException:
        pass


def _leave_printed(status: int, leave: Callable[[int], NoReturn] = os._exit) -> NoReturn:
    """``os._exit`` for the player, by which nothing is lost that was printed before."""
    _flush()
    leave(status)


def _outcome(payload: bytes) -> dict[str, Any]:
    request = json.loads(payload)
    # Lone surrogates can be printed and returned; they must not be able to raise while we write them.
    # By lines: of a program that never ends, or ends at once, what it has printed is to be seen.
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), "utf-8", "backslashreplace", line_buffering=True)
    sys.stderr = io.TextIOWrapper(
        io.FileIO(2, "w", closefd=False), "utf-8", "backslashreplace", line_buffering=True, write_through=True
    )
    sys.__stdout__, sys.__stderr__ = sys.stdout, sys.stderr  # type: ignore[misc]
    sys.stdin = sys.__stdin__ = io.StringIO()  # type: ignore[misc, assignment]
    sys.argv = sys.orig_argv = [FILENAME]
    source, name, args = request["code"], request["function"], request["args"]
    del request, payload
    try:
        code = compile(source, FILENAME, "exec", dont_inherit=True)
    except (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError) as error:
        message = "".join(traceback.format_exception_only(error)).strip()
        if isinstance(error, RecursionError | MemoryError):
            message = "The program is nested too deeply to be compiled."
        return {"verdict": "compile_error", "message": message[:MAX_MESSAGE]}
    linecache.cache[FILENAME] = (len(source), None, source.splitlines(keepends=True), FILENAME)
    module = types.ModuleType("solution")
    sys.modules["solution"] = module
    try:
        exec(code, module.__dict__)
        function = module.__dict__.get(name)
        if not callable(function):
            return {"verdict": "runtime_error", "message": _missing(name, module)}
        value = function(*args)
        if isinstance(value, types.CoroutineType):
            value = _awaited(value, name)
        try:
            return {"value": _to_json(value, 0, [0])}
        except NotJson as reason:
            return {"verdict": "wrong_answer", "message": str(reason)[:MAX_MESSAGE]}
    except MemoryError:
        raise
    except SystemExit:
        return {"verdict": "runtime_error", "message": "The program exited before its function returned."}
    except BaseException as error:
        return {"verdict": "runtime_error", "message": _explained(error)}


def _missing(name: str, module: types.ModuleType) -> str:
    """That there is no such function, and what may be in its way."""
    told = f"The program defines no function {name}."
    for known, value in module.__dict__.items():
        if isinstance(value, type) and callable(value.__dict__.get(name)):
            return f"{told} There is one in the class {known}; write it outside of any class."
    same = [known for known in module.__dict__ if _plain(known) == _plain(name) and callable(module.__dict__[known])]
    if same:
        return f"{told} There is {same[0]}; the name must be {name}."
    if callable(module.__dict__.get("main")):
        return f"{told} Nothing calls main here: the judge calls {name} with its arguments."
    return told


def _plain(name: str) -> str:
    return name.replace("_", "").lower()


def _awaited(coroutine: types.CoroutineType[Any, Any, Any], name: str) -> Any:
    """What an async function returns. It may await others; nothing here would ever wake it from waiting."""
    try:
        coroutine.send(None)
    except StopIteration as returned:
        return returned.value
    coroutine.close()
    raise RuntimeError(f"{name} waits for something that never comes: there is no event loop here.")


def _explained(error: BaseException) -> str:
    """The traceback as Python prints it, with the frames of the player's own code only."""
    try:
        told = _Traceback(type(error), error, _end(error.__traceback__), limit=-LAST_FRAMES, compact=True)
        seen: set[int] = set()
        stack: list[traceback.TracebackException] = [told]
        while stack:
            part = stack.pop()
            if id(part) in seen:
                continue
            seen.add(id(part))
            own = [frame for frame in part.stack if frame.filename == FILENAME]
            part.stack[:] = own if len(own) <= SHOWN_FRAMES else own[:2] + own[2 - SHOWN_FRAMES :]
            stack += [other for other in (part.__cause__, part.__context__) if other is not None]
        text = "".join(told.format()).replace(f'File "{FILENAME}", line', "line").strip()
    except MemoryError:
        raise
    except BaseException:
        text = "The program raised an exception that cannot be shown."
    return text if len(text) <= MAX_MESSAGE else text[: MAX_MESSAGE // 2] + "\n...\n" + text[-MAX_MESSAGE // 2 :]


def _end(trace: types.TracebackType | None) -> types.TracebackType | None:
    """The last frames of a traceback: looking up the place of each of hundreds of thousands would take a second."""
    count, part = 0, trace
    while part is not None:
        count, part = count + 1, part.tb_next
    for _ in range(count - LAST_FRAMES):
        assert trace is not None
        trace = trace.tb_next
    return trace


def _to_json(value: Any, depth: int, count: list[int]) -> Any:
    """A plain copy of a value as JSON has it. Subclasses (Counter, defaultdict, IntEnum) count as what they derive
    from; a tuple is not a list. Raises NotJson, whose path each level on the way up completes."""
    count[0] += 1
    if depth > MAX_DEPTH:
        raise NotJson(f"nests deeper than {MAX_DEPTH} levels, or contains itself")
    if count[0] > MAX_VALUES:
        raise NotJson(f"holds more than {MAX_VALUES} values")
    if value is None or value is True or value is False:
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        if int.bit_length(value) > MAX_INT_BITS:
            raise NotJson(f"is an int of {int.bit_length(value)} bits, beyond ±2^53")
        return int.__int__(value)
    if isinstance(value, float):
        plain = float.__float__(value)
        if not math.isfinite(plain):
            raise NotJson(f"is {plain}, not a finite number")
        return plain
    if isinstance(value, list | dict):
        return _container_to_json(value, depth, count)
    kind = type(value).__name__[:60]
    hint = "; return a list" if kind in ("tuple", "set", "frozenset", "generator", "range", "map", "filter") else ""
    raise NotJson(f"is of the type {kind}, which no answer has{hint}")


def _container_to_json(value: list[Any] | dict[Any, Any], depth: int, count: list[int]) -> Any:
    place: Any = None
    try:
        if isinstance(value, list):
            items = []
            for place in range(list.__len__(value)):
                items.append(_to_json(list.__getitem__(value, place), depth + 1, count))  # noqa: PERF401 - place is told
            return items
        copy = {}
        for place, item in dict.items(value):
            if not isinstance(place, str):
                raise NotJson(f"has a key of the type {type(place).__name__[:60]}, not a string")
            copy[str.__str__(place)] = _to_json(item, depth + 1, count)
        return copy
    except NotJson as reason:
        if isinstance(place, int | str) and not reason.reason.startswith("has a key") and len(reason.path) < 8:
            reason.path.insert(0, place if isinstance(place, int) else str.__str__(place)[:40])
        raise


if __name__ == "__main__":  # one process a test, on an engine that has no warm interpreter
    warm_up()
    main(sys.stdin.buffer.read(), 3)
