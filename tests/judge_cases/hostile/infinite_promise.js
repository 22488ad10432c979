// expect: time_limit
async function solve(n) {
  for (;;) await null;
}
