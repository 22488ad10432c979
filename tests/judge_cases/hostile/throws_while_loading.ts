// expect: runtime_error kind: start
throw { toString: () => { for (;;); } };
function solve(n: number): number {
  return n + 1;
}
