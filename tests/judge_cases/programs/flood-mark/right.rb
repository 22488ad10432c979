# expect: accepted
def count_new_marks(mark, levels)
  levels.count do |level|
    higher = level > mark
    mark = level if higher
    higher
  end
end
