// expect: wrong_answer
function founders_finish(cast, streak, rest, bells) {
  const done = (minute) =>
    cast.reduce((sum, each, i) => {
      const cycle = each * streak[i] + rest[i];
      const cycles = Math.floor(minute / cycle);
      return sum + cycles * streak[i] + Math.min(streak[i], Math.floor((minute % cycle) / each));
    }, 0);
  let low = -1;
  let high = 4e15;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (done(middle) >= bells) high = middle;
    else low = middle;
  }
  return high | 0;
}
