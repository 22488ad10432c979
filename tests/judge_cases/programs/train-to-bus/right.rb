# expect: accepted
def waiting_times(trains, buses, walk)
  departures = buses.sort
  trains.map do |train|
    ready = train + walk
    bus = departures.bsearch { |minute| minute >= ready }
    bus ? bus - ready : -1
  end
end
