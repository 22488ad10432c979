// expect: wrong_answer time_limit memory_limit
function solve(n) {
  return new Proxy([], { get: (target, name) => (name === "length" ? 1e12 : 7) });
}
