// expect: memory_limit
function solve(n) {
  const hoard = [];
  for (;;) hoard.push(new Array(1000).fill(n + hoard.length));
}
