// expect: accepted
function waiting_times(trains, buses, walk) {
  const late = (train) => buses.filter((bus) => bus >= train + walk).map((bus) => -(train + walk - bus));
  return trains.map((train) => {
    const waits = late(train);
    return waits.length ? Math.min(...waits) : -1;
  });
}
