// expect: wrong_answer
function solve(n) {
  const circle = [];
  circle.push(circle);
  return circle;
}
