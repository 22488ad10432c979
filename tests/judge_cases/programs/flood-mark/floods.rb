# expect: output_limit
def count_new_marks(mark, levels)
  2048.times { puts "~" * 1024 }
  0
end
