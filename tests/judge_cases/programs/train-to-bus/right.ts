// expect: accepted
function waiting_times(trains: number[], buses: number[], walk: number): number[] {
  const departures = [...buses].sort((a, b) => a - b);

  /** How many buses leave before this minute. */
  function gone(minute: number): number {
    let low = 0;
    let high = departures.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (departures[middle] < minute) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  return trains.map((train) => {
    const next: number | undefined = departures[gone(train + walk)];
    return next === undefined ? -1 : next - train - walk;
  });
}
