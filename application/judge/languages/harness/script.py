# Runs a whole Python script in a call: what it prints goes to the console, what it complains about is returned.
import io
import linecache
import sys
import traceback

NAME = "main.py"
KEPT = 65536


def main(script: str, given: str) -> str:
    sys.stdin = sys.__stdin__ = io.TextIOWrapper(io.BytesIO(given.encode("utf-8", "replace")), "utf-8")  # type: ignore[misc]
    sys.stderr = sys.__stderr__ = complaints = io.StringIO()  # type: ignore[misc, assignment]
    sys.argv = [NAME]
    linecache.cache[NAME] = (len(script), None, script.splitlines(keepends=True), NAME)
    space = {"__name__": "__main__", "__builtins__": __builtins__}
    try:
        exec(compile(script, NAME, "exec", dont_inherit=True), space)
    except MemoryError:
        raise
    except SystemExit as ended:
        if ended.code is not None and not isinstance(ended.code, int):
            complaints.write(f"{ended.code}\n")
    except SyntaxError as error:
        complaints.write("".join(traceback.format_exception_only(error)))
    except BaseException as error:
        own = error.__traceback__.tb_next if error.__traceback__ else None
        complaints.write("".join(traceback.format_exception(type(error), error, own, limit=-20)))
    return complaints.getvalue()[:KEPT]
