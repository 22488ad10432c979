// expect: wrong_answer runtime_error kind: values
const texts = ["\ud800", "\0", -0, 1e308 * 10, NaN, 2n ** 4000n];
function solve(n) {
  const all = { "\ud800\0": texts.slice(0, 4) };
  for (let i = 0; i < 59; i++) all["x" + i] = [all["\ud800\0"]];
  return all;
}
