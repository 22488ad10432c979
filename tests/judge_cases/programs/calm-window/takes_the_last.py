# expect: wrong_answer
# says: value[0] is 3, expected 0
def longest_calm(winds, limit):
    best = [-1, 0]
    length = 0
    for hour, wind in enumerate(winds):
        length = length + 1 if wind <= limit else 0
        if length and length >= best[1]:
            best = [hour - length + 1, length]
    return best
