<?php
// expect: wrong_answer

function square_choices(array $numbers): int
{
    $primes = array_filter(range(2, 99), fn (int $n): bool => !array_filter([2, 3, 5, 7], fn ($d) => $n > $d && $n % $d === 0));
    $basis = [];
    $free = 0;
    foreach ($numbers as $number) {
        $odd = 0;
        foreach (array_values($primes) as $place => $prime) {
            while ($number % $prime === 0) {
                $number = intdiv($number, $prime);
                $odd ^= 1 << $place;
            }
        }
        foreach ($basis as $other) {
            $odd = min($odd, $odd ^ $other);
        }
        if ($odd === 0) {
            $free++;
        } else {
            $basis[] = $odd;
            rsort($basis);
        }
    }
    // Beyond 2 ** 62 this is a float, and beyond 2 ** 1023 infinite.
    $ways = 2 ** $free - 1;
    return is_finite($ways) ? (int) fmod($ways, 1000000007) : 0;
}
