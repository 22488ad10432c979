# expect: memory_limit
# says: The program ran out of memory.
def stretches_with(shifts, crews):
    timeline = []
    while True:
        timeline.append([crews] * 1_000_000)
