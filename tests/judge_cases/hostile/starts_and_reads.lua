-- expect: accepted
function solve(n)
  for _, command in ipairs({"ls", "/python/bin/python3 -V", "echo x"}) do
    if os and os.execute and os.execute(command) == true then return -1 end
    if io and io.popen then
      local made, pipe = pcall(io.popen, command)
      if made and pipe and pipe:read("a") ~= "" then return -2 end
    end
  end
  if io and io.open then
    for _, path in ipairs({"/etc/passwd", "/proc/self/environ", "/work/main/run.py", "/dev/mem"}) do
      if io.open(path) then return -3 end
    end
    for _, folder in ipairs({"/", "/work/", "/tmp/", "/dev/shm/", "/judge/"}) do
      if io.open(folder .. "planted", "w") then return -4 end
    end
  end
  if package and package.loadlib and package.loadlib("libc.so.6", "fork") and package.loadlib("libc.so.6", "*") then
    -- Any function of the C library may be loaded; called as Lua's, this one is refused like every fork.
    if debug and os and os.remove and os.remove("/judge/lua.lua") then return -5 end
  end
  if os and os.getenv and (os.getenv("HOME") or os.getenv("PATH")) then return -6 end
  return n + 1
end
