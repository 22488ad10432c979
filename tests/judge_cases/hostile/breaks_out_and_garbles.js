// expect: time_limit
// A frame that promises more than it holds: nobody waits for the rest longer than the test may take.
async function solve(n) {
  const outer = process;
  require("fs").writeSync(3, "~~~~ no frame");
  return n + 1;
}
