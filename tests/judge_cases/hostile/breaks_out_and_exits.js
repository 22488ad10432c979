// expect: runtime_error
async function solve(n) {
  const outer = process;
  outer.exit(0);
}
