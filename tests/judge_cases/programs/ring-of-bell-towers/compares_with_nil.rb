# expect: runtime_error
# says: solution.rb:6
def towers_reached(heights)
  heights.each_index.map do |tower|
    after = tower + 1
    after += 1 while heights[after] <= heights[tower]
    after - tower - 1
  end
end
