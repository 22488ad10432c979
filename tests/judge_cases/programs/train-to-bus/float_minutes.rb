# expect: wrong_answer
# says: value[0] is a float, expected int
def waiting_times(trains, buses, walk)
  trains.map do |train|
    buses.map { |bus| bus - train - walk.to_f }.reject(&:negative?).min || -1
  end
end
