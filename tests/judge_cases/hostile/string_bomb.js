// expect: memory_limit
function solve(n) {
  const hoard = [];
  for (;;) hoard.push(JSON.parse(JSON.stringify("x".repeat(1 << 20) + hoard.length)));
}
