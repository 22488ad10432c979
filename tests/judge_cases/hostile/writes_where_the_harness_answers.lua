-- expect: wrong_answer runtime_error kind: values stack names
-- Whatever the functions above it keep to themselves: among it is where the answer goes.
function solve(n)
  local level = 2
  while debug.getinfo(level, "f") do
    local caller = debug.getinfo(level, "f").func
    for index = 1, 200 do
      local name, kept = debug.getupvalue(caller, index)
      if not name then break end
      if name == "output" then
        kept:write('{"value":1e999}')
        kept:flush()
        os.exit(true, false)
      end
      if name == "json" or name == "answer" then debug.setupvalue(caller, index, function() return "9" end) end
    end
    for index = 1, 200 do
      local name, kept = debug.getlocal(level, index)
      if not name then break end
      if name == "output" then
        kept:write('{"value":1e999}')
        kept:flush()
        os.exit(true, false)
      end
    end
    level = level + 1
  end
  return n
end
