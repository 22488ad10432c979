-- expect: runtime_error
-- says: solution.lua:7
function towers_reached(heights)
  local reached = {}
  for tower, height in ipairs(heights) do
    local after = tower + 1
    while heights[after] <= height do
      after = after + 1
    end
    reached[tower] = after - tower - 1
  end
  return reached
end
