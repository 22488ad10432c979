// expect: memory_limit within: 5000
function solve(n) {
  const hoard = [];
  for (;;) hoard.push(new Array(1000).fill(n + hoard.length));
}
