// expect: time_limit
function solve(n) {
  for (;;);
}
