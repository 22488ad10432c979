// expect: compile_error
type Grow<T extends unknown[]> = Grow<[...T, ...T, 1]>;
const grown: Grow<[1]> = [] as never;
function solve(n: number): number {
  return n + grown.length;
}
