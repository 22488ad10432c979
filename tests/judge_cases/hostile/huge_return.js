// expect: output_limit
function solve(n) {
  return "x".repeat(4 * 1024 * 1024);
}
