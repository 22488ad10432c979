-- expect: memory_limit
function solve(n)
  local text = "x"
  local kept = {}
  while true do
    text = text .. text
    kept[#kept + 1] = text
  end
end
