-- expect: runtime_error
-- says: too few marks
function dive_score(marks, difficulty)
  if #marks < 3 then
    error("too few marks")
  end
  table.sort(marks)
  local total = 0
  for place = 2, #marks - 1 do
    total = total + marks[place]
  end
  return total / (#marks - 2) * difficulty
end
