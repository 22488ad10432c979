# expect: wrong_answer
# says: value
from collections import Counter


def missing_gloves(gloves):
    over = Counter()
    for glove in gloves:
        parts = glove.split("-")
        over[parts[0]] += 1 if parts[-1] == "L" else -1
    return [f"{colour}-{'R' if by > 0 else 'L'}" for colour, by in over.items() for _ in range(abs(by))]
