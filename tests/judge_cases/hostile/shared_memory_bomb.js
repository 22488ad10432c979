// expect: memory_limit within: 5000
function solve(n) {
  const hoard = [];
  for (;;) hoard.push(new Uint8Array(new SharedArrayBuffer(50_000_000)).fill(1));
}
