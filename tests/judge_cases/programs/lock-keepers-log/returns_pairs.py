# expect: wrong_answer
# says: tuple
def stretches_with(shifts, crews):
    change = {}
    for start, end in shifts:
        change[start] = change.get(start, 0) + 1
        change[end] = change.get(end, 0) - 1
    moments = sorted(moment for moment in change if change[moment])
    found, working = [], 0
    for moment, following in zip(moments, moments[1:]):
        working += change[moment]
        if working == crews:
            found.append((moment, following))
    return found
