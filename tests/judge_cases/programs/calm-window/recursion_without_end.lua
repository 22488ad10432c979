-- expect: runtime_error
-- says: stack overflow
local function calm_from(winds, limit, hour)
  if (winds[hour] or 0) > limit then
    return 0
  end
  return 1 + calm_from(winds, limit, hour + 1)
end

function longest_calm(winds, limit)
  local best = { -1, 0 }
  for hour = 1, #winds do
    local length = calm_from(winds, limit, hour)
    if length > best[2] then
      best = { hour - 1, length }
    end
  end
  return best
end
