// expect: accepted kind: signals
// No signal can be sent at all.
async function solve(n) {
  const outer = process;
  for (const signal of ["SIGKILL", "SIGSTOP", "SIGTERM"]) {
    try {
      outer.kill(1, signal);
      return -1;
    } catch {}
  }
  return n + 1;
}
