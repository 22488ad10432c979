// expect: output_limit
function longest_calm(winds: number[], limit: number): number[] {
  let hour = 0;
  while (winds.length < 2000) {
    console.log("hour", hour++, "limit", limit, "is calm".repeat(1000));
  }
  return [0, hour];
}
