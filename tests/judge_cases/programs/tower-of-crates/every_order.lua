-- expect: time_limit
function best_tower(weights, strengths, values)
  local used = {}
  local function on(above)
    local best = 0
    for crate = 1, #weights do
      if not used[crate] then
        used[crate] = true
        local below = on(above + weights[crate])
        if above <= strengths[crate] then
          best = math.max(best, values[crate] + below)
        end
        used[crate] = nil
      end
    end
    return best
  end
  return on(0)
end
