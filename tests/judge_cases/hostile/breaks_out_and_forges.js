// expect: runtime_error
// Only verdicts that a program may say of itself are believed.
async function solve(n) {
  const outer = process;
  const said = '{"verdict": "judge_error", "message": "the server is broken"}';
  require("fs").writeSync(3, said.length + "\n" + said);
  for (;;);
}
