# expect: wrong_answer
# says: value
def missing_gloves(gloves)
  over = Hash.new(0)
  gloves.each do |glove|
    colour, side = glove.split("-", 2)
    over[colour] += side == "L" ? 1 : -1
  end
  over.flat_map { |colour, by| ["#{colour}-#{by.positive? ? "R" : "L"}"] * by.abs }
end
