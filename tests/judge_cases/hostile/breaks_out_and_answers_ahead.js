// expect: wrong_answer
// Answers for the next test lie ready in the pipe: what is right is not known here.
async function solve(n) {
  require("fs").writeSync(3, '12\n{"value": 2}'.repeat(3));
  return n + 1;
}
