-- expect: wrong_answer
-- says: value[0] is 5, expected 4
function longest_calm(winds, limit)
  local best_start, best_length, length = -1, 0, 0
  for hour, wind in ipairs(winds) do
    length = wind <= limit and length + 1 or 0
    if length > best_length then
      best_start, best_length = hour - length + 1, length
    end
  end
  return { best_start, best_length }
end
