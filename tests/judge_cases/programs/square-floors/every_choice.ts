// expect: time_limit
function square_choices(numbers: number[]): number {
  const primes = [...Array(98).keys()].map((n) => n + 2).filter((n) => ![2, 3, 5, 7].some((d) => n > d && n % d === 0));
  const odd = numbers.map((number) => primes.filter((prime) => powers(number, prime) % 2 === 1));

  function powers(number: number, prime: number): number {
    return number % prime === 0 ? 1 + powers(number / prime, prime) : 0;
  }

  function ways(place: number, left: ReadonlySet<number>): number {
    if (place === odd.length) return left.size === 0 ? 1 : 0;
    const after = new Set(left);
    for (const prime of odd[place]) {
      if (!after.delete(prime)) after.add(prime);
    }
    return ways(place + 1, left) + ways(place + 1, after);
  }

  return (ways(0, new Set()) - 1) % 1000000007;
}
