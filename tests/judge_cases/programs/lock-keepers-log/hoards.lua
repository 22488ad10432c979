-- expect: memory_limit
-- says: The program ran out of memory.
function stretches_with(shifts, crews)
  local hour = string.rep("crew;", 4096)
  local timeline = {}
  while true do
    timeline[#timeline + 1] = hour:rep(100) .. #timeline
  end
end
