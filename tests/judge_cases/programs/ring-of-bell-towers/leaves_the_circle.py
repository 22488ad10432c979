# expect: runtime_error
# says: line 7, in towers_reached
def towers_reached(heights):
    reached = []
    for tower, height in enumerate(heights):
        after = tower + 1
        while heights[after] <= height:
            after += 1
        reached.append(after - tower - 1)
    return reached
