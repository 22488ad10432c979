-- expect: wrong_answer
-- says: value is a float, expected int
function founders_finish(cast, streak, rest, bells)
  local low, high = -1, 4000000000000000
  while high - low > 1 do
    local middle = (low + high) / 2 // 1
    local done = 0
    for i, each in ipairs(cast) do
      local cycle = each * streak[i] + rest[i]
      done = done + middle // cycle * streak[i] + math.min(streak[i], middle % cycle // each)
    end
    if done >= bells then
      high = middle
    else
      low = middle
    end
  end
  return high
end
