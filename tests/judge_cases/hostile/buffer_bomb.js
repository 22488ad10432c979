// expect: memory_limit within: 5000
function solve(n) {
  const hoard = [];
  for (;;) hoard.push(new Uint8Array(64 * 1024 * 1024).fill(1));
}
