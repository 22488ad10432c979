-- expect: runtime_error
-- says: solution.lua:6
function count_new_marks(mark, levels)
  local moves = 0
  for _, level in ipairs(levels) do
    moves = moves + above(level, mark)
  end
  return moves
end
