-- expect: accepted
function count_new_marks(mark, levels)
  local moves = 0
  for _, level in ipairs(levels) do
    if level > mark then
      mark = level
      moves = moves + 1
    end
  end
  return moves
end
