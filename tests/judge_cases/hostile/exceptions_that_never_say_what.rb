# expect: time_limit
class Exception
  def message = loop {}
end

def solve(n)
  raise "x"
end
