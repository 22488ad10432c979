# expect: accepted kind: end
def solve(n)
  100.times { ObjectSpace.define_finalizer(Object.new, proc { loop {} if $$.zero? }) }
  ObjectSpace.define_finalizer("kept", proc { loop {} })
  at_exit { loop {} }
  n + 1
end
