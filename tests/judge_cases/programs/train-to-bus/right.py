# expect: accepted
from bisect import bisect_left


def waiting_times(trains: list[int], buses: list[int], walk: int) -> list[int]:
    buses = sorted(buses)

    def wait(ready: int) -> int:
        nearest = bisect_left(buses, ready)
        return buses[nearest] - ready if nearest < len(buses) else -1

    return [wait(train + walk) for train in trains]
