// expect: accepted
// Even in the outer realm nothing can be started, read or reached.
async function solve(n) {
  const found = await escape();
  if (!found) return n + 1;
  const load = found.mainModule ? found.mainModule.require : (name) => found.getBuiltinModule(name);
  const fs = load("fs");
  for (const path of ["/etc/passwd", "/proc/self/environ", "/root", "/work", "/usr"]) {
    if (fs.existsSync(path)) return -1;
  }
  try {
    fs.writeFileSync("/tmp/hoard", "x");
    return -2;
  } catch {}
  const started = load("child_process").spawnSync("/python/bin/python3", ["-c", "print(1)"]);
  if (!started.error) return -3;
  if (Object.keys(found.env).some((name) => name !== "LD_LIBRARY_PATH")) return -4;
  return n + 1;
}

function escape() {
  return new Promise((resolve) => {
    Error.prepareStackTrace = (_, frames) => {
      for (const frame of frames) {
        const outer = frame.getFunction && frame.getFunction();
        const self = frame.getThis && frame.getThis();
        for (const thing of [outer, self]) {
          try {
            const made = thing.constructor.constructor("return typeof process === 'object' && process")();
            if (made) return resolve(made);
          } catch {}
        }
      }
      resolve(null);
      return "";
    };
    try {
      console.log({ get x() { throw new Error("x"); }, toString() { return new Error("y").stack; } });
    } catch {}
    void new Error("z").stack;
    resolve(null);
  });
}
