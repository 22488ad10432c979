// expect: accepted
#include <stdint.h>
#include <stdio.h>

#define MODULUS 1000000007

static uint32_t odd_primes(long long number) {
    static const int primes[] = {2,  3,  5,  7,  11, 13, 17, 19, 23, 29, 31, 37, 41,
                                 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97};
    uint32_t odd = 0;
    for (int i = 0; i < 25; i++) {
        for (; number % primes[i] == 0; number /= primes[i]) odd ^= UINT32_C(1) << i;
    }
    return odd;
}

long long square_choices(IntList numbers) {
    uint32_t basis[25] = {0};
    long long ways = 1;
    for (size_t i = 0; i < numbers.length; i++) {
        uint32_t odd = odd_primes(numbers.items[i]);
        if (i < 10) printf("%lld has %d odd primes\n", numbers.items[i], __builtin_popcount(odd));
        for (int bit = 24; bit >= 0 && odd; bit--) {
            if (!(odd >> bit & 1)) continue;
            if (!basis[bit]) basis[bit] = odd, odd = UINT32_MAX;
            if (odd == UINT32_MAX) break;
            odd ^= basis[bit];
        }
        if (odd == 0) ways = ways * 2 % MODULUS;
    }
    fprintf(stderr, "%lld ways\n", ways);
    return (ways - 1 + MODULUS) % MODULUS;
}
