"""What a problem costs before it is played: its proof, rank by rank, and what is asked of a model for it.

The model is the server of the tests. It writes ten sound drafts: five at once, and five after a draft of which the
brute force is wrong. Four characters are counted as a token.
"""

from __future__ import annotations

import json
import statistics
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from urllib import request

from application.judge.grader import Grader
from application.judge.machine import Judge
from application.problems.catalogue.document import ProblemDocument, load_bank
from application.problems.proving.verifier import prove
from application.ratings.ranks import RANKS
from benchmarks import servers
from benchmarks.table import Row
from tests.openai_server import Answer, Json, ModelServer, serving
from tests.problem_cases.mind import Mind, written
from tests.problem_cases.sound import SOUND

OF_EACH_RANK = 3
TOKEN_CHARACTERS = 4
WAIT_SECONDS = 300


def measure() -> list[Row]:
    """Proofs of some problems of the bank, one at a time; then generated problems, from the request to play."""
    return [*_proofs(), *_generated()]


def _proofs() -> list[Row]:
    with tempfile.TemporaryDirectory(prefix="codemaze-bench-") as folder:
        Path(folder).chmod(0o755)
        grader = Judge.at(Path(folder) / "sandbox", only=("python",)).grader
        assert grader
        rows = []
        for rank in RANKS:
            of_rank = [document for document in load_bank() if document.rank == rank.slug][:OF_EACH_RANK]
            spent = [_seconds(document, grader) for document in of_rank]
            proof, judged = (statistics.median(times) for times in zip(*spent, strict=True))
            what = f"proving a problem of {rank.name}, median of {OF_EACH_RANK} (s)"
            rows.append(Row(what, proof, judged, "judging its reference"))
        return rows


def _seconds(document: ProblemDocument, grader: Grader) -> tuple[float, float]:
    """How long the proof takes, and how long a submission of the reference does."""
    draft = document.draft()
    began = time.perf_counter()
    prove(draft, grader)
    proven = time.perf_counter()
    grader.judge(document.request("python", document.reference))
    return proven - began, time.perf_counter() - proven


def _generated() -> list[Row]:
    at_once, second = [_Counted(), _Counted()]
    mind = _Counting()
    with serving(mind) as model:
        mind.server = model
        changed = {"OPENAI_BASE_URL": model.url, "AI_WAIT_SECONDS": str(WAIT_SECONDS), "AI_USER_DAILY": "1000"}
        with servers.codemaze(**changed) as process:
            (token,) = process.tokens(1)
            for number, draft in enumerate(SOUND.values()):
                mind.counted = second if number % 2 else at_once
                wrong = written(draft) | {"brute": f"def {draft['function']}(*args):\n    return None\n"}
                mind.think([*([wrong] if number % 2 else []), written(draft)], 3 * [draft["reference"]])
                began = time.perf_counter()
                _ask(process.url, token, draft["rank"])
                mind.counted.seconds += time.perf_counter() - began
                mind.counted.accepted += 1
    return [
        Row(
            f"{what} per accepted problem, the first draft wrong",
            getattr(second, name) / second.accepted,
            getattr(at_once, name) / at_once.accepted,
            "right at once",
        )
        for name, what in (
            ("calls", "calls of the model"),
            ("tokens_in", "tokens read"),
            ("tokens_out", "tokens written"),
            ("seconds", "seconds from the request to play"),
        )
    ]


def _ask(url: str, token: str, rank: str) -> None:
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
    asked = request.Request(f"{url}/problems/generate", json.dumps({"rank": rank}).encode(), headers)
    with request.urlopen(asked, timeout=WAIT_SECONDS) as answer:
        assert answer.status == 201, answer.read()


@dataclass
class _Counted:
    accepted: int = 0
    calls: int = 0
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0


class _Counting(Mind):
    """A mind that counts what it reads and says."""

    def __init__(self) -> None:
        super().__init__()
        self.counted = _Counted()
        self.server: ModelServer | None = None

    def __call__(self, asked: Json) -> Answer:
        """Answer, and count."""
        answer = super().__call__(asked)
        read, said = (len(json.dumps(value)) // TOKEN_CHARACTERS for value in (asked["raw"], answer))
        self.counted.calls += 1
        self.counted.tokens_in += read
        self.counted.tokens_out += said
        if self.server:
            self.server.usage = (read, said)
        return answer
