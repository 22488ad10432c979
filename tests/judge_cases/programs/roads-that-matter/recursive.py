# expect: accepted
import sys

sys.setrecursionlimit(10_000)


def pairs_cut(villages, roads):
    beside = [[] for _ in range(villages)]
    for road, (a, b) in enumerate(roads):
        beside[a].append((b, road))
        beside[b].append((a, road))
    entered, lowest, size = {}, {}, {}
    bridges = []

    def visit(village, came_by):
        entered[village] = lowest[village] = len(entered)
        size[village] = 1
        for other, road in beside[village]:
            if road == came_by:
                continue
            if other in entered:
                lowest[village] = min(lowest[village], entered[other])
                continue
            visit(other, road)
            size[village] += size[other]
            lowest[village] = min(lowest[village], lowest[other])
            if lowest[other] == entered[other]:
                bridges.append((road, size[other]))

    weights = [0] * len(roads)
    for village in range(villages):
        if village not in entered:
            visit(village, None)
            for road, cut_off in bridges:
                weights[road] = cut_off * (size[village] - cut_off)
            bridges.clear()
    return weights
