// expect: accepted
// Timers of one test are gone when the next begins.
function solve(n) {
  const tick = () => setTimeout(tick, 0);
  for (let i = 0; i < 100; i++) tick();
  return n + 1;
}
