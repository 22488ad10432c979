// expect: compile_error
// says: solution.ts(5,
function towers_reached(heights: number[]): number[] {
  const tallest = Math.max(...heights);
  const reached: string = heights.map((height) => (height === tallest ? heights.length - 1 : 0));
  return heights;
}
