// expect: accepted kind: output
function solve(n) {
  console.log(new Proxy({}, { get() { throw new Error("no"); }, ownKeys() { throw new Error("no"); } }));
  console.log("\ud800 \0");
  return n + 1;
}
