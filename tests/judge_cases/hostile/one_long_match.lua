-- expect: time_limit
function solve(n)
  local text = string.rep("a", 200000)
  return #string.find(text, string.rep(".-", 12) .. "b")
end
