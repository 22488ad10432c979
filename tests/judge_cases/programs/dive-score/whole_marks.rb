# expect: wrong_answer
# says: value is 14.666666666666666, expected 15.0
def dive_score(marks, difficulty)
  return 0.0 if marks.empty?

  counting = marks.map(&:to_i).sort
  counting = counting[1...-1] if counting.size > 2
  counting.sum.fdiv(counting.size) * difficulty
end
