// expect: runtime_error
function solve(n) {
  throw Object.defineProperty({}, "stack", { get() { throw this; } });
}
