// expect: wrong_answer
function solve(n) {
  return { toJSON: () => n + 1, valueOf: () => n + 1 };
}
