// expect: runtime_error
// What waits for an answer hands its functions to a `then` of the program's own: they are of its own realm.
function solve(n) {
  return {
    then(resolve) {
      const outer = resolve.constructor.constructor("return process")().mainModule.require("fs");
      outer.writeSync(3, `12\n{"value": ${n + 1}}`);
    },
  };
}
