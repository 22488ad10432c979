-- expect: accepted
function pairs_cut(villages, roads)
  local beside, weights = {}, {}
  for village = 0, villages - 1 do
    beside[village] = {}
  end
  for road, ends in ipairs(roads) do
    local a, b = table.unpack(ends)
    table.insert(beside[a], { b, road })
    table.insert(beside[b], { a, road })
    weights[road] = 0
  end
  local entered, lowest, size, bridges, order = {}, {}, {}, {}, 0

  local function visit(village, came_by)
    order = order + 1
    entered[village], lowest[village], size[village] = order, order, 1
    for _, way in ipairs(beside[village]) do
      local other, road = way[1], way[2]
      if road == came_by then
        goto continue
      end
      if entered[other] then
        lowest[village] = math.min(lowest[village], entered[other])
      else
        visit(other, road)
        size[village] = size[village] + size[other]
        lowest[village] = math.min(lowest[village], lowest[other])
        if lowest[other] > entered[village] then
          bridges[road] = size[other]
        end
      end
      ::continue::
    end
  end

  for village = 0, villages - 1 do
    if not entered[village] then
      bridges = {}
      visit(village, 0)
      for road, cut_off in pairs(bridges) do
        weights[road] = cut_off * (size[village] - cut_off)
      end
    end
  end
  return weights
end
