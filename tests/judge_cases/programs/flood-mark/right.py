# expect: accepted
def count_new_marks(mark: int, levels: list[int]) -> int:
    moves = 0
    for level in levels:
        if level > mark:
            mark, moves = level, moves + 1
    return moves
