// expect: time_limit
function solve(n) {
  return new Promise((resolve) => setTimeout(resolve, 1e9));
}
