// expect: runtime_error kind: stack
// The frames of an error are made where it is read, which is in the realm that it came from.
Error.prepareStackTrace = (error, frames) => {
  for (const each of [
    frames,
    frames[0],
    frames[frames.length - 1]?.getThis?.(),
    frames[frames.length - 1]?.getFunction?.(),
  ]) {
    try {
      const outer = each.constructor.constructor("return process")();
      outer.mainModule.require("fs").writeSync(3, '12\n{"value": 2}');
    } catch {}
  }
  return "nothing";
};
Promise.reject(new Error("nobody listens"));
function solve(n) {
  throw new TypeError("first");
}
