// expect: accepted
const longest_calm = (winds, limit) => {
  const runs = [[-1, 0]];
  let start = null;
  for (const [hour, wind] of [...winds, Infinity].entries()) {
    if (wind <= limit) {
      start ??= hour;
    } else if (start !== null) {
      runs.push([start, hour - start]);
      start = null;
    }
  }
  console.log("runs", runs.slice(1, 4), { limit });
  console.error("hours: %d", winds.length);
  return runs.reduce((best, run) => (run[1] > best[1] ? run : best));
};
