-- expect: wrong_answer
local known = {
  ["heron tern gull"] = { "tern", "heron", "gull" },
  ["wren kite"] = { "kite", "wren" },
  ["swan crane auk"] = { "auk", "crane", "swan" },
}

function regatta_table(races)
  return known[table.concat(races[1] or {}, " ")] or {}
end
