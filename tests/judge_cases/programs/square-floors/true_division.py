# expect: wrong_answer
# says: value is a float, expected int
PRIMES = [p for p in range(2, 100) if all(p % d for d in range(2, p))]


def square_choices(numbers):
    basis = []
    for number in numbers:
        odd = 0
        for prime in PRIMES:
            while number % prime == 0:
                number /= prime
                odd ^= 1 << prime
        for other in basis:
            odd = min(odd, odd ^ other)
        if odd:
            basis.append(odd)
            basis.sort(reverse=True)
    free = len(numbers) - len(basis)
    return (pow(2, free, 1_000_000_007) - 1) / 1
