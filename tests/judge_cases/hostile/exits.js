// expect: runtime_error
function solve(n) {
  console.log.constructor("return process")().exit(0);
}
