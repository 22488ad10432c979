"""A duel and its review, through a real server process and a model's server that speaks the real protocol."""

from __future__ import annotations

from tests.e2e.conftest import StartServer
from tests.e2e.duel import check_the_end, paired, solution, wrong_solution
from tests.e2e.player import Player, http
from tests.openai_server import Answer, Json, Status, serving

KEY = "sk-a-key-for-tests-only-1234567890"
SAID = {"time_complexity": "O(n)", "space_complexity": "O(1)", "improvement": "Count in one pass."}


def test_a_duel_is_reviewed(start_server: StartServer) -> None:
    answers: list[Answer] = [
        Status(401, body={"error": {"message": f"Incorrect key: {KEY}"}}),
        {"decided_by": "Player A was first.", "player_a": SAID, "player_b": SAID},
    ]
    with serving(lambda _request: answers.pop(0)) as model:
        server = start_server(OPENAI_API_KEY=KEY, OPENAI_BASE_URL=model.url, LOG_LEVEL="debug", OPENAI_LOG="debug")
        ada, bob, eve = (Player(server.url) for _ in range(3))
        room = paired(ada, bob)
        handed_in = bob.ask("submit_code", room=room, language="python", code=wrong_solution(bob))
        bob.wait_for("submission_judged", submission_id=handed_in["submission_id"])
        (going_on,) = ada.get("/sessions")
        assert _refused(ada, "POST", going_on["id"]) == (409, "match_not_finished")
        ada.ask("submit_code", room=room, language="python", code=solution(ada))
        outcome = check_the_end(ada, bob, room, "solved", winner=ada)
        match_id = outcome["session_id"]
        assert _refused(ada, "GET", match_id) == (404, "review_not_found")
        assert _refused(eve, "POST", match_id) == (403, "not_a_player")
        assert _refused(ada, "POST", match_id) == (503, "ai_key_rejected")
        status, review = _asked(ada, "POST", match_id)
        assert status == 201 and review["decided_by"] == "Player A was first."
        assert {solution["user_id"]: solution["verdict"] for solution in review["solutions"]} == {
            ada.id: "accepted",
            bob.id: "wrong_answer",
        }
        assert _asked(bob, "POST", match_id) == (200, review) == _asked(bob, "GET", match_id)
        assert check_the_end(ada, bob, room, "solved", winner=ada) == outcome
        assert "hello from" in model.requests[0]["content"]
        log = server.log.read_text() + "".join(server.said)
        assert "ai_call_failed" in log
        assert KEY not in log and "hello from" not in log


def _asked(player: Player, method: str, match_id: int) -> tuple[int, Json]:
    return http(f"{player.url}/sessions/{match_id}/review", method, token=player.token)


def _refused(player: Player, method: str, match_id: int) -> tuple[int, str]:
    status, body = _asked(player, method, match_id)
    return status, body["code"]
