-- expect: time_limit kind: static
while true do end

function solve(n)
  return n + 1
end
