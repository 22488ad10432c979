// expect: runtime_error accepted
function solve(n) {
  const process = console.log.constructor("return process")();
  const fs = process.getBuiltinModule ? process.getBuiltinModule("fs") : process.mainModule.require("fs");
  for (const path of ["/etc/passwd", "/root", "/proc/self/environ", "/home"]) {
    if (fs.existsSync(path)) return "read " + path;
  }
  return n + 1;
}
