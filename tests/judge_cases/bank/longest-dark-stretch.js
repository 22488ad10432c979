function expected_dark_stretch(lit) {
  const count = lit.length;
  const run = new Array(count + 1).fill(1);
  let expected = 0;
  for (let length = 1; length <= count; length++) {
    for (let end = length; end <= count; end++) run[end] *= 1 - lit[end - length];
    const short = new Array(count + 1).fill(1);
    short[length] = 1 - run[length];
    for (let end = length + 1; end <= count; end++) {
      const before = end - length - 1;
      short[end] = short[end - 1] - short[before] * lit[before] * run[end];
    }
    expected += 1 - short[count];
  }
  return expected;
}
