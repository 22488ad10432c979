// expect: runtime_error
function solve(n) {
  console.log.constructor.constructor("return process")().exit(0);
}
