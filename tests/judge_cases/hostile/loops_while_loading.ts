// expect: time_limit kind: static
for (;;);
function solve(n: number): number {
  return n + 1;
}
