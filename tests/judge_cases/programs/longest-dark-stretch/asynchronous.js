// expect: accepted
async function chanceOfRun(lit, length) {
  await new Promise((resolve) => setTimeout(resolve, 0));
  const short = [1];
  for (let end = 1; end <= lit.length; end++) {
    let run = end >= length ? 1 : 0;
    for (let lamp = end - length; run > 0 && lamp < end; lamp++) run *= 1 - lit[lamp];
    const before = end === length ? 1 : end > length ? short[end - length - 1] * lit[end - length - 1] : 0;
    short.push(short[end - 1] - run * before);
  }
  return 1 - short[lit.length];
}

async function expected_dark_stretch(lit) {
  let sum = 0;
  for (let length = 1; length <= lit.length; length++) sum += await chanceOfRun(lit, length);
  return sum;
}
