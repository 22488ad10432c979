// expect: wrong_answer
// says: value is 0.75, expected 1.0
function expected_dark_stretch(lit: number[]): number {
  const count = lit.length;
  let expected = 0;
  for (let length = 1; length < count; length++) {
    const short: number[] = [];
    for (let end = 0; end <= count; end++) {
      if (end < length) {
        short.push(1);
        continue;
      }
      const run = lit.slice(end - length, end).reduce((chance, lamp) => chance * (1 - lamp), 1);
      const before = end === length ? 1 : short[end - length - 1] * lit[end - length - 1];
      short.push((end === length ? 1 : short[end - 1]) - before * run);
    }
    expected += 1 - short[count];
  }
  return expected;
}
