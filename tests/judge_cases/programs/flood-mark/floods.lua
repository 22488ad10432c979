-- expect: output_limit
function count_new_marks(mark, levels)
  for line = 1, 2048 do
    print(string.rep("~", 1023))
  end
  return 0
end
