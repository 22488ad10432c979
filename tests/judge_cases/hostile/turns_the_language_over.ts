// expect: accepted kind: names output stack end
const all = globalThis as any;
all.JSON.stringify = () => "9";
all.console.log = () => { for (;;); };
all.Object.prototype.toJSON = () => 9;
all.Array.prototype.push = () => 9;
(Error as any).prepareStackTrace = (_: any, frames: any[]) => frames.map((frame) => frame.getThis?.() ?? frame.getFunction?.());
new (all.FinalizationRegistry ?? class { register() {} })(() => { for (;;); }).register({}, 1);

function solve(n: number): number {
  const seen: any = new Error("walked").stack;
  for (const found of Array.isArray(seen) ? seen : []) {
    if (typeof found?.constructor?.constructor?.("return typeof process === 'object' && process.mainModule")() === "object") return -1;
  }
  return n + 1;
}
