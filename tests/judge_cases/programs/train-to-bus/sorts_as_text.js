// expect: wrong_answer
// says: value[1] is 60, expected 55
function waiting_times(trains, buses, walk) {
  buses.sort();
  return trains.map((train) => {
    const bus = buses.find((minute) => minute >= train + walk);
    return bus === undefined ? -1 : bus - train - walk;
  });
}
