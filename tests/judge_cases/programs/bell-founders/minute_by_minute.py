# expect: time_limit
def founders_finish(cast, streak, rest, bells):
    minute = done = 0
    while done < bells:
        minute += 1
        done = 0
        for each, row, pause in zip(cast, streak, rest):
            cycles, left = divmod(minute, each * row + pause)
            done += cycles * row + min(row, left // each)
    return minute
