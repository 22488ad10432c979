function square_choices(numbers) {
  const MODULUS = 1000000007;
  const primes = [];
  for (let p = 2; p < 100; p++) {
    if (primes.every((q) => p % q !== 0)) primes.push(p);
  }
  const basis = [];
  let ways = 1;
  for (let number of numbers) {
    let odd = 0;
    primes.forEach((prime, place) => {
      while (number % prime === 0) {
        number /= prime;
        odd ^= 1 << place;
      }
    });
    for (const vector of basis) odd = Math.min(odd, odd ^ vector);
    if (odd !== 0) basis.push(odd);
    else ways = (ways * 2) % MODULUS;
  }
  return (ways - 1 + MODULUS) % MODULUS;
}
