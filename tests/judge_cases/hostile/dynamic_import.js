// expect: runtime_error
async function solve(n) {
  const fs = await import("fs");
  return fs.readFileSync("/etc/passwd").length;
}
