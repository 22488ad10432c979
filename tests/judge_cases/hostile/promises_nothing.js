// expect: runtime_error
function solve(n) {
  return new Promise(() => {});
}
