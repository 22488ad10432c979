// expect: runtime_error
function solve(n) {
  for (;;) new Worker("for(;;);", { eval: true });
}
