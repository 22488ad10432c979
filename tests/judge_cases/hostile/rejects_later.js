// expect: accepted
function solve(n) {
  Promise.reject(new Error("nobody listens"));
  queueMicrotask(() => {
    throw new Error("nobody catches");
  });
  return n + 1;
}
