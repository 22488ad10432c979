// expect: memory_limit
// says: The program ran out of memory.
function pairs_cut(villages: number, roads: number[][]): number[] {
  const closed: number[][] = [];
  for (let road = 0; roads.length < villages + 1000000; road++) {
    closed.push(new Array<number>(1000000).fill(road));
  }
  return closed[0];
}
