-- expect: wrong_answer
-- says: not a finite number
function dive_score(marks, difficulty)
  table.sort(marks)
  local total = 0
  for place = 2, #marks - 1 do
    total = total + marks[place]
  end
  return total / (#marks - 2) * difficulty
end
