// expect: runtime_error wrong_answer time_limit kind: end
function solve(n) {
  const fs = require("fs");
  process.on("exit", () => {
    fs.writeSync(3, '12\n{"value":-1}');
    for (;;);
  });
  process.exit(0);
}
