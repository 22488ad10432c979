# expect: accepted
require "set"

def minutes_to_cross(chart)
  start = chart.each_index.find { |y| chart[y].include?("S") }
  frontier = Set[[start, chart[start].index("S")]]
  seen = Set.new
  1.step do |minute|
    puts "minute #{minute}: #{frontier.size} tiles" if minute < 4
    around = frontier.flat_map { |y, x| [[y, x], [y - 1, x], [y + 1, x], [y, x - 1], [y, x + 1]] }
    frontier = around.to_set.select do |y, x|
      next if y.negative? || x.negative? || y >= chart.size || x >= chart[0].size

      return minute if chart[y][x] == "G"

      ["S", ".", (minute % 3).to_s].include?(chart[y][x]) && seen.add?([y, x, minute % 3])
    end
    return nil if frontier.empty?
  end
end
