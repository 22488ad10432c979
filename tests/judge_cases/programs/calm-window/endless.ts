// expect: time_limit
function longest_calm(winds: number[], limit: number): number[] {
  let start = 0;
  while (start < winds.length || winds.length === 0) {
    if (winds[start] > limit) start++;
  }
  return [start, 0];
}
