# expect: time_limit
def best_tower(weights, strengths, values)
  crates = weights.zip(strengths, values).sort_by { |weight, strength, _| weight + strength }
  best = 0
  (0..crates.size).each do |size|
    crates.combination(size) do |tower|
      load = 0
      stands = tower.all? do |weight, strength, _|
        bears = load <= strength
        load += weight
        bears
      end
      best = [best, tower.sum(&:last)].max if stands
    end
  end
  best
end
