# expect: wrong_answer
# says: value is a Symbol, which no answer has
def stretches_with(shifts, crews)
  change = Hash.new(0)
  shifts.each { |start, stop| change[start] += 1; change[stop] -= 1 }
  moments = change.reject { |_, by| by.zero? }.keys.sort
  working = 0
  found = moments.each_cons(2).select { |moment, _| (working += change[moment]) == crews }
  found.empty? ? :none : found
end
