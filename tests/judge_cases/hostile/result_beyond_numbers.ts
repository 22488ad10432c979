// expect: wrong_answer runtime_error kind: values
function solve(n: number): any {
  return { "\ud800\0": ["\udfff", "\0", -0, 5e-324, n] };
}
