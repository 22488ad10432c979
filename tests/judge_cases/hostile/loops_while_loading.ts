// expect: time_limit
for (;;);
function solve(n: number): number {
  return n + 1;
}
