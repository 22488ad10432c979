// expect: time_limit kind: static
for (;;);
function solve(n) {
  return n + 1;
}
