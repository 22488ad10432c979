// expect: runtime_error
// Out of its context by way of a function of the outer realm, a program gains a process in a sandbox.
function solve(n) {
  let outer;
  try {
    structuredClone({ f() {} });
  } catch (error) {
    outer = error;
  }
  const made = setTimeout(() => {}, 0).constructor.constructor;
  made("return process")().exit(0);
  return outer;
}
