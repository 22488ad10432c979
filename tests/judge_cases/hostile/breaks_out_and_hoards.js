// expect: memory_limit runtime_error within: 5000
async function solve(n) {
  const outer = globalThis;
  const hoard = [];
  for (;;) hoard.push(outer.Buffer.alloc(32 * 1024 * 1024, 1));
}
