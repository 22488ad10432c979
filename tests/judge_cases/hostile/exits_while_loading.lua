-- expect: runtime_error kind: start
os.exit(true, false)

function solve(n)
  return n + 1
end
