-- expect: time_limit kind: handlers
-- Lua knows no signals; what it has instead is called at every line.
function solve(n)
  debug.sethook(function() while true do end end, "crl", 1)
  return n + 1
end
