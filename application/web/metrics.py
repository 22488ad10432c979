"""The server's numbers for Prometheus."""

from __future__ import annotations

from collections.abc import Iterable

import prometheus_client
from prometheus_client import CollectorRegistry, Metric
from prometheus_client.registry import Collector

from application.base.measures import REGISTRY
from application.realtime.contribution import Gauge


class _Measured(Collector):
    """What is counted in ``application.base.measures``, beside what is looked up."""

    def collect(self) -> Iterable[Metric]:
        return REGISTRY.collect()


def registry(gauges: Iterable[Gauge]) -> CollectorRegistry:
    """What ``/metrics`` shows."""
    numbers = CollectorRegistry()
    numbers.register(_Measured())
    for gauge in gauges:
        prometheus_client.Gauge(gauge.name, gauge.meaning, registry=numbers).set_function(gauge.value)
    return numbers
