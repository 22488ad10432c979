# expect: wrong_answer
# says: value is 14.0, expected 15.0
def dive_score(marks, difficulty):
    if not marks:
        return 0.0
    counting = sorted(marks)[1:-1] if len(marks) > 2 else marks
    return sum(counting) // len(counting) * difficulty
