// expect: runtime_error
await new Promise(() => {});
export function solve(n) {
  return n + 1;
}
