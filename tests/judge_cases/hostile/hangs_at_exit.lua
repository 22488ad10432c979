-- expect: time_limit kind: end
-- The state is closed, and with it whatever has a finaliser.
local kept = setmetatable({}, {__gc = function() while true do end end})

function solve(n)
  os.exit(kept ~= nil, true)
end
