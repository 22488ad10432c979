// expect: runtime_error
// says: Maximum call stack size exceeded
function waiting_times(trains: number[], buses: number[], walk: number): number[] {
  const wait = (minute: number): number => (buses.includes(minute) ? 0 : 1 + wait(minute + 1));
  return trains.map((train) => wait(train + walk));
}
