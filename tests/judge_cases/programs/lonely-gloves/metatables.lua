-- expect: accepted
local Drawer = {}
Drawer.__index = Drawer

function Drawer.new()
  local over = setmetatable({}, { __index = function() return 0 end })
  return setmetatable({ over = over }, Drawer)
end

function Drawer:put(label)
  local colour, side = label:match("^(.*)%-([LR])$")
  self.over[colour] = self.over[colour] + (side == "L" and 1 or -1)
end

function Drawer:missing()
  return coroutine.wrap(function()
    for colour, by in pairs(self.over) do
      for _ = 1, math.abs(by) do
        coroutine.yield(colour .. (by > 0 and "-R" or "-L"))
      end
    end
  end)
end

function missing_gloves(gloves)
  local drawer = Drawer.new()
  for _, label in ipairs(gloves) do
    drawer:put(label)
  end
  local missing = {}
  for label in drawer:missing() do
    missing[#missing + 1] = label
  end
  print(#gloves, "gloves", #missing, "missing")
  return missing
end
