// expect: runtime_error
async function solve(n) {
  const outer = await import("fs").catch((error) => error.constructor.constructor("return process")());
  outer.exit(0);
}
