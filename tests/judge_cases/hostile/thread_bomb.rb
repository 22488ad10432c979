# expect: accepted runtime_error time_limit
def solve(n)
  threads = []
  begin
    1000.times { threads << Thread.new { sleep } }
  rescue ThreadError
    return n + 1
  end
  -1
end
