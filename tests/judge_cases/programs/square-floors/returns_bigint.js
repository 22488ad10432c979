// expect: wrong_answer
// says: value is a BigInt
function square_choices(numbers) {
  let ways = 1n;
  for (const number of numbers) {
    if (Number.isInteger(Math.sqrt(number))) ways *= 2n;
  }
  return (ways - 1n) % 1000000007n;
}
