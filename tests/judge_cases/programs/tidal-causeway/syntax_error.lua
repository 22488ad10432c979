-- expect: compile_error
-- says: solution.lua:5
function minutes_to_cross(chart)
  for y, row in ipairs(chart) do
    if row:find("SG") do
      return 1
    end
  end
  return nil
end
