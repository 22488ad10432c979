function founders_finish(cast, streak, rest, bells) {
  if (bells === 0) return 0;
  const finished = (minute) => {
    let total = 0;
    for (let i = 0; i < cast.length; i++) {
      const cycle = cast[i] * streak[i] + rest[i];
      const cycles = Math.floor(minute / cycle);
      total += cycles * streak[i] + Math.min(streak[i], Math.floor((minute - cycles * cycle) / cast[i]));
    }
    return total;
  };
  let low = 0;
  let high = Infinity;
  for (let i = 0; i < cast.length; i++) {
    high = Math.min(high, cast[i] * bells + Math.floor((bells - 1) / streak[i]) * rest[i]);
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (finished(middle) >= bells) high = middle;
    else low = middle;
  }
  return high;
}
