// expect: wrong_answer runtime_error
function solve(n) {
  return new Proxy({}, { get: () => n + 1, has: () => true, ownKeys: () => ["value"] });
}
