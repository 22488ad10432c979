// expect: time_limit kind: handlers
function solve(n) {
  for (const name of ["SIGTERM", "SIGINT", "SIGXCPU", "SIGALRM", "SIGUSR1", "SIGHUP"])
    try {
      process.on(name, () => {});
    } catch {}
  for (const name of ["uncaughtException", "unhandledRejection", "beforeExit"]) process.on(name, () => {});
  for (;;);
}
