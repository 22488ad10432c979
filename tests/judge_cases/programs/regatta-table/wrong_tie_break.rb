# expect: wrong_answer
def regatta_table(races)
  boats = races.flatten.uniq
  points = lambda do |boat|
    races.sum { |race| (race.index(boat) || boats.size) + 1 }
  end
  boats.sort_by { |boat| [points.call(boat), boat] }
end
