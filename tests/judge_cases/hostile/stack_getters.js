// expect: runtime_error kind: stack
function solve(n) {
  const error = new Error("x");
  Object.defineProperty(error, "stack", {
    get() {
      const caller = arguments.callee.caller;
      return caller ? caller.constructor("return process")().exit(0) : { toString: () => "x", split: () => [] };
    },
  });
  throw new Proxy(error, {
    getPrototypeOf: () => {
      throw error;
    },
  });
}
