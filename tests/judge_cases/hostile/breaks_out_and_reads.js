// expect: accepted
// Outside of the context there is a sandbox with nothing in it.
async function solve(n) {
  const outer = process;
  const fs = require("fs");
  for (const path of [
    "/etc",
    "/etc/passwd",
    "/root",
    "/proc",
    "/proc/self/environ",
    "/home",
    "/work/main",
    "/usr/bin/env",
    "/sys",
  ]) {
    if (fs.existsSync(path)) return "there is " + path;
  }
  for (const path of ["/", "/tmp", "/dev", "/judge", "/language", "/work", "."]) {
    try {
      fs.writeFileSync(path + "/hoard", "x");
      return "wrote to " + path;
    } catch {}
  }
  if (outer.getuid() === 0) return "runs as root";
  for (const name of Object.keys(outer.env)) if (name !== "LD_LIBRARY_PATH") return "environment has " + name;
  return n + 1;
}
