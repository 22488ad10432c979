// expect: time_limit
function solve(n) {
  return /^(a+)+$/.test("a".repeat(40) + "b") ? 1 : 2;
}
