-- expect: accepted runtime_error
-- Functions of the C library, called with what Lua calls its own with.
function solve(n)
  for _, name in ipairs({"fork", "vfork", "pause", "abort"}) do
    local found = package and package.loadlib and package.loadlib("libc.so.6", name)
    if found and (name == "fork" or name == "vfork") then pcall(found) end
  end
  return n + 1
end
