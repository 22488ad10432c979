-- expect: accepted
function settle_pantry(entries)
  local stock = {}
  for _, entry in ipairs(entries) do
    local sign, digits, name = entry:match("^([-+=])(%d+) (.*)$")
    local amount = math.tointeger(digits)
    local here = stock[name] or 0
    if sign == "+" then
      here = here + amount
    elseif sign == "=" then
      here = amount
    elseif amount <= here then
      here = here - amount
    end
    stock[name] = here > 0 and here or nil
  end
  return stock
end
