// expect: runtime_error kind: values
// Which JSON carries and PostgreSQL does not keep.
function solve(n) {
  const said = '{"value": 1e999}';
  require("fs").writeSync(3, said.length + "\n" + said);
  for (;;);
}
