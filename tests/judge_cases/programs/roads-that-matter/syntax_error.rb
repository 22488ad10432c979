# expect: compile_error
# says: solution.rb:6
def pairs_cut(villages, roads)
  weights = [0] * roads.size
  roads.each_with_index do |(a, b), road|
    weights[road] = villages * ) if a == b
  end
  weights
end
