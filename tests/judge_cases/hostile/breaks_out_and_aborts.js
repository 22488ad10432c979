// expect: runtime_error
// A crash of the whole process is the program's own, never the judge's.
async function solve(n) {
  const outer = process;
  outer.abort();
}
