// expect: accepted runtime_error kind: end
// What answers and then ends the process, spoils its own next test at most.
async function solve(n) {
  process.on("exit", () => require("fs").writeSync(3, '11\n{"value": 7}'));
  setImmediate(() => process.exit(0));
  return n + 1;
}
