// expect: accepted
// An error of the outer realm is the way out of the context. Outside it there is a sandbox with nothing in it.
async function solve(n) {
  const outer = await import("fs").catch((error) => error.constructor.constructor("return process")());
  const load = outer.getBuiltinModule ?? outer.mainModule.require;
  const fs = load("fs");
  for (const path of ["/etc", "/etc/passwd", "/root", "/proc", "/proc/self/environ", "/home", "/work/main", "/usr/bin/env", "/sys"]) {
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
