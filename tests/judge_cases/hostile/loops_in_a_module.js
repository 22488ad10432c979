// expect: time_limit
await null;
for (;;);
export function solve(n) {
  return n + 1;
}
