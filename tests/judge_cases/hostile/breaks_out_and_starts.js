// expect: runtime_error accepted
function solve(n) {
  const process = console.log.constructor("return process")();
  const load = process.getBuiltinModule ?? process.mainModule.require;
  const made = load("child_process").spawnSync("/language/node", ["-e", "1"]);
  if (!made.error) return "started a process";
  return n + 1;
}
