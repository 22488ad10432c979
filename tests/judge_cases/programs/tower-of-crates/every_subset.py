# expect: time_limit
def best_tower(weights, strengths, values):
    order = sorted(range(len(weights)), key=lambda crate: weights[crate] + strengths[crate])

    def best(place, above):
        if place == len(order):
            return 0
        crate = order[place]
        without = best(place + 1, above)
        on_top = best(place + 1, above + weights[crate])
        return max(without, values[crate] + on_top) if above <= strengths[crate] else without

    return best(0, 0)
