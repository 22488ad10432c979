# expect: memory_limit
def solve(n)
  kept = []
  loop { kept << "x" * (1 << 20) }
end
