// expect: accepted
// No process and no thread can be made once a program runs.
async function solve(n) {
  const outer = process;
  if (!require("child_process").spawnSync("/language/node", ["-e", "1"]).error) return "started a process";
  try {
    new (require("worker_threads").Worker)("", { eval: true });
  } catch {
    return n + 1;
  }
  return "started a thread";
}
