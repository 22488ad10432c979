// expect: time_limit runtime_error
function solve(n) {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
}
