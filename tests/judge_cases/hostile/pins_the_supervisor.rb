# expect: accepted
require "fiddle"

def solve(n)
  set = Fiddle::Function.new(
    Fiddle::Handle::DEFAULT["sched_setaffinity"],
    [Fiddle::TYPE_INT, Fiddle::TYPE_SIZE_T, Fiddle::TYPE_VOIDP],
    Fiddle::TYPE_INT
  )
  set.call(1, 8, [1].pack("Q")) == 0 ? -1 : n + 1
end
