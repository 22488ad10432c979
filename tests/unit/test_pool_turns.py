"""Several who lend from one pool at the same time: a sandbox that is too many is ended once, and by one of them."""

from __future__ import annotations

from typing import Any

import gevent

from application.judge.sandbox.pool import Pool

KIND: Any = ("kind", 128)


class Slow:
    """In the place of a sandbox: greeting and ending take their time, in which nobody else may do either."""

    made: list[Slow]

    def __init__(self) -> None:
        self.alive, self.busy = True, False
        self.made.append(self)

    def greet(self) -> None:
        assert not self.busy, "two greenlets at one sandbox"
        self.busy = True
        gevent.sleep(0)
        self.busy = False

    def close(self) -> None:
        self.greet()
        self.alive = False


def test_what_is_too_much_is_ended_once() -> None:
    Slow.made = []
    pool = Pool(lambda _kind: Slow(), ready=1)  # type: ignore[arg-type, return-value]

    def borrow() -> None:
        for _ in range(5):
            with pool.lend(KIND) as loan:
                gevent.sleep(0)
                loan.keep()

    gevent.joinall([gevent.spawn(borrow) for _ in range(5)], raise_error=True)
    assert [box for box in Slow.made if box.alive] == pool._waiting[KIND]
    assert len(pool._waiting[KIND]) == 1
    pool.close()
    assert not any(box.alive for box in Slow.made)
