// expect: runtime_error
function solve(n) {
  throw { get stack() { throw 1; }, toString() { throw 2; } };
}
