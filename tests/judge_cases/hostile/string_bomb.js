// expect: memory_limit within: 5000
function solve(n) {
  const hoard = [];
  for (;;) hoard.push(JSON.parse(JSON.stringify("x".repeat(1 << 20) + hoard.length)));
}
