// expect: memory_limit within: 5000
const hoard = [];
for (;;) hoard.push(new Array(1000).fill(hoard.length));
function solve(n) {
  return n + 1;
}
