// expect: runtime_error
// Only verdicts that a program may say of itself are believed.
async function solve(n) {
  const outer = await import("fs").catch((error) => error.constructor.constructor("return process")());
  const load = outer.getBuiltinModule ?? outer.mainModule.require;
  const said = '{"verdict": "judge_error", "message": "the server is broken"}';
  load("fs").writeSync(3, said.length + "\n" + said);
  for (;;);
}
