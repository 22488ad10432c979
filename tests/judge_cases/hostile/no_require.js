// expect: runtime_error
const fs = require("fs");
function solve(n) {
  return fs.readFileSync("/etc/passwd", "utf8").length;
}
