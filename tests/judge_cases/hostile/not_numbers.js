// expect: wrong_answer
function solve(n) {
  return BigInt(n + 1);
}
