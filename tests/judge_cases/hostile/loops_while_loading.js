// expect: time_limit
for (;;);
function solve(n) {
  return n + 1;
}
