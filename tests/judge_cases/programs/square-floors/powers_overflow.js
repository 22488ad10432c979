// expect: wrong_answer
const PRIMES = [...Array(100).keys()].filter((n) => n > 1 && [...Array(n).keys()].slice(2).every((d) => n % d));

function square_choices(numbers) {
  const basis = [];
  let free = 0;
  for (let number of numbers) {
    let odd = 0n;
    PRIMES.forEach((prime, place) => {
      while (number % prime === 0) {
        number /= prime;
        odd ^= 1n << BigInt(place);
      }
    });
    for (const other of basis) {
      if ((odd ^ other) < odd) odd ^= other;
    }
    if (odd) {
      basis.push(odd);
      basis.sort((a, b) => (a < b ? 1 : -1));
    } else {
      free += 1;
    }
  }
  return (2 ** free - 1) % 1000000007;
}
