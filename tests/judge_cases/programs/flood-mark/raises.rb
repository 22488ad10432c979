# expect: runtime_error
# says: the gauge is stuck (GaugeError)
class GaugeError < StandardError; end

def count_new_marks(mark, levels)
  raise GaugeError, "the gauge is stuck" if levels.size > 3

  0
end
