// expect: runtime_error
function solve(n) {
  throw null;
}
