// expect: accepted
// What a test leaves running tells nothing in the next, and answers nothing there.
const kept = [];
function solve(n) {
  const again = async () => {
    for (;;) {
      await null;
      console.log("left");
    }
  };
  if (n === 1) again();
  new FinalizationRegistry(() => {
    throw new Error("late");
  }).register({}, 1);
  for (let i = 0; i < 50; i++)
    kept.push(
      setInterval(() => {
        throw new Error("late");
      }, 1),
      setImmediate(() => {
        throw new Error("late");
      }),
    );
  process.nextTick(() => Promise.reject(1));
  return new Promise((resolve) => {
    resolve(n + 1);
    resolve(7);
  });
}
