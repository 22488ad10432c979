// expect: accepted
function waiting_times(trains, buses, walk) {
  const departures = [...buses].sort((a, b) => a - b);
  return trains.map((arrival) => {
    const ready = arrival + walk;
    let low = 0;
    let high = departures.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (departures[middle] < ready) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low < departures.length ? departures[low] - ready : -1;
  });
}
