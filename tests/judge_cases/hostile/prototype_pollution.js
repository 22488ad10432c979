// expect: accepted
// The first test pollutes; the second gets a fresh context and a right answer all the same.
Object.prototype.value = 1;
Object.prototype.verdict = "accepted";
Array.prototype.push = () => {
  throw new Error("push");
};
JSON.stringify = () => '{"value": 1}';
JSON.parse = () => 0;
Object.keys = () => [];
Reflect.apply = () => "[object Object]";

function solve(n) {
  return n + 1;
}
