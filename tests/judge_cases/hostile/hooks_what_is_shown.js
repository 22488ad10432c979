// expect: accepted kind: output
const custom = Symbol.for("nodejs.util.inspect.custom");
function solve(n) {
  const outer = [];
  const hook = (...items) => {
    for (const item of items) outer.push(item?.constructor?.constructor?.("return typeof process.mainModule")());
    throw new Error("hooked");
  };
  const bad = {
    [custom]: hook,
    [Symbol.toStringTag]: "x",
    get constructor() {
      throw 1;
    },
    toString: hook,
    toJSON: hook,
    [Symbol.toPrimitive]: hook,
  };
  class Named {
    static get name() {
      throw 2;
    }
    get [Symbol.toStringTag]() {
      throw 3;
    }
  }
  for (const thing of [
    bad,
    [bad],
    new Map([[bad, bad]]),
    Object.create(bad),
    new Proxy(bad, { get: hook }),
    new Named(),
    Object.assign(new Error("e"), { stack: 5, message: bad }),
  ]) {
    for (const way of ["log", "error", "dir", "table", "trace", "assert", "group"])
      try {
        console[way](thing);
      } catch {}
    for (const format of ["%s", "%d", "%i", "%f", "%j", "%o", "%O", "%c"]) console.log(format, thing);
  }
  return outer.every((found) => found === "undefined") ? n + 1 : outer;
}
