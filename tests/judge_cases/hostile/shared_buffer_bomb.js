// expect: memory_limit
function solve(n) {
  const hoard = [];
  for (;;) hoard.push(new Uint8Array(new SharedArrayBuffer(64 * 1024 * 1024)).fill(1));
}
