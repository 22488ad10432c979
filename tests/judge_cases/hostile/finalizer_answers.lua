-- expect: accepted time_limit kind: end
local function again()
  setmetatable({}, {__gc = function() again() error("gone") end})
end

function solve(n)
  again()
  again = function() while true do end end
  local closed <close> = setmetatable({}, {__close = function() end})
  collectgarbage()
  return n + 1
end
