// expect: accepted
// No process and no thread can be made once a program runs.
async function solve(n) {
  const outer = await import("fs").catch((error) => error.constructor.constructor("return process")());
  const load = outer.getBuiltinModule ?? outer.mainModule.require;
  if (!load("child_process").spawnSync("/language/node", ["-e", "1"]).error) return "started a process";
  try {
    new (load("worker_threads").Worker)("", { eval: true });
  } catch {
    return n + 1;
  }
  return "started a thread";
}
