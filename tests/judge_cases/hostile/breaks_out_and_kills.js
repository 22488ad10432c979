// expect: accepted
// Process 1 gets no signal from within its namespace, and there is nobody else to kill.
async function solve(n) {
  const outer = await import("fs").catch((error) => error.constructor.constructor("return process")());
  for (const signal of ["SIGKILL", "SIGSTOP", "SIGTERM"]) outer.kill(1, signal);
  return n + 1;
}
