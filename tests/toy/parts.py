"""The parts of applause."""

from __future__ import annotations

from collections.abc import Callable

from application.realtime.contribution import Contribution, Gauge
from tests.toy import http, requests
from tests.toy.service import Clapping


def build(regularly: Callable[[], object]) -> Contribution:
    """``regularly`` is done each second."""
    clapping = Clapping()

    def heard() -> str | None:
        return None if clapping.count() else "nobody claps"

    return Contribution(
        [http.namespace(clapping)],
        requests.rows(clapping),
        regular=[(1, regularly)],
        checks={"applause": heard},
        gauges=[Gauge("toy_claps", "Applause", clapping.count)],
    )
