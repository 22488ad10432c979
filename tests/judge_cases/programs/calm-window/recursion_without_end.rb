# expect: runtime_error
# says: stack level too deep
def calm_from(winds, limit, hour)
  winds[hour].to_i <= limit ? 1 + calm_from(winds, limit, hour + 1) : 0
end

def longest_calm(winds, limit)
  lengths = winds.each_index.map { |hour| calm_from(winds, limit, hour) }
  longest = lengths.max || 0
  longest.zero? ? [-1, 0] : [lengths.index(longest), longest]
end
