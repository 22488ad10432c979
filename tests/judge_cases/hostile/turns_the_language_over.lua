-- expect: accepted kind: names output
string.format = function() return "9" end
getmetatable("").__index = function() end
_G.pcall, table.concat, io.stdout, io.stderr = nil, nil, nil, nil
setmetatable(_G, {__gc = function() while true do end end, __index = function() error("none") end})
debug.getregistry()[2] = nil

function solve(n)
  return n + 1
end
