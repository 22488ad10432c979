-- expect: wrong_answer
-- says: value['7 grain bread'] is a string, expected int
function settle_pantry(entries)
  local stock = {}
  for _, entry in ipairs(entries) do
    local sign, amount, name = entry:match("^([-+=])(%d+) (.*)$")
    local here = stock[name] or 0
    if sign == "+" then
      here = here + amount
    elseif sign == "=" then
      here = amount
    elseif tonumber(here) >= tonumber(amount) then
      here = here - amount
    end
    stock[name] = here ~= 0 and here or nil
  end
  return stock
end
