-- expect: accepted
function waiting_times(trains, buses, walk)
  local departures = table.move(buses, 1, #buses, 1, {})
  table.sort(departures)
  local waits = {}
  for i, train in ipairs(trains) do
    local ready = train + walk
    local low, high = 1, #departures + 1
    while low < high do
      local middle = (low + high) // 2
      if departures[middle] < ready then
        low = middle + 1
      else
        high = middle
      end
    end
    waits[i] = low <= #departures and departures[low] - ready or -1
  end
  return waits
end
