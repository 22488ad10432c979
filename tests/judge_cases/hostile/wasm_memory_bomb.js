// expect: memory_limit within: 5000
function solve(n) {
  const hoard = [];
  for (;;) {
    const memory = new WebAssembly.Memory({ initial: 1024, maximum: 1024 });
    new Uint8Array(memory.buffer).fill(1);
    hoard.push(memory);
  }
}
