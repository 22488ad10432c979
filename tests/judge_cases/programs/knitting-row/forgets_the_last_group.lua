-- expect: wrong_answer
-- says: value is "k3 p2", expected "k3 p2 k"
function knitting_instructions(row)
  local groups = {}
  local start = 1
  for at = 2, #row do
    if row:sub(at, at) ~= row:sub(start, start) then
      local count = at - start
      groups[#groups + 1] = row:sub(start, start) .. (count > 1 and count or "")
      start = at
    end
  end
  return table.concat(groups, " ")
end
