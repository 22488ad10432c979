# expect: runtime_error
# says: The program defines no function dive_score.
def diveScore(marks, difficulty):
    return 0.0
