# expect: accepted
import functools
from collections import Counter
from dataclasses import dataclass


@functools.total_ordering
@dataclass(frozen=True)
class Boat:
    name: str
    total: int
    last: int

    def __lt__(self, other):
        return (self.total, self.last, self.name) < (other.total, other.last, other.name)


def regatta_table(races):
    names = {name for race in races for name in race}
    print(len(names), "boats in", len(races), "races")
    totals = Counter()
    points = {}
    for race in races:
        points = {name: len(names) + 1 for name in names} | {name: place for place, name in enumerate(race, 1)}
        totals.update(points)
    boats = sorted(Boat(name, totals[name], points[name]) for name in names)
    print(boats[:3])
    return [boat.name for boat in boats]
