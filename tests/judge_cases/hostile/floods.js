// expect: output_limit
function solve(n) {
  for (;;) console.log("x".repeat(1000));
}
