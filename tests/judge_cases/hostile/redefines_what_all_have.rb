# expect: wrong_answer runtime_error kind: names output
class Integer
  def to_s(*) = "7"
end

class IO
  def write(*) = 0
end

module Kernel
  def raise(*) = nil
end

def solve(n)
  n + 1
end
