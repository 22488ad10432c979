# expect: wrong_answer
# says: value[0] is 55, expected 0
def waiting_times(trains, buses, walk):
    trains.sort()
    return [min((bus - train - walk for bus in buses if bus >= train + walk), default=-1) for train in trains]
