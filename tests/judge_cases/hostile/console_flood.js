// expect: output_limit
function solve(n) {
  for (;;) console.log("x".repeat(4096));
}
