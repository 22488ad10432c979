// expect: time_limit
#include <stdlib.h>

typedef struct {
    long long weight, strength, value;
} Crate;

static Crate crates[100];
static int count;

static int by_sum(const void *one, const void *other) {
    const Crate *a = one, *b = other;
    long long left = a->weight + a->strength, right = b->weight + b->strength;
    return (left > right) - (left < right);
}

/* From the top down: crate number `next` is left out, or put below all that were chosen. */
static long long best(int next, long long load, long long worth, int stands) {
    if (next == count) return stands ? worth : 0;
    Crate crate = crates[next];
    long long without = best(next + 1, load, worth, stands);
    long long with =
        best(next + 1, load + crate.weight, worth + crate.value, stands && load <= crate.strength);
    return with > without ? with : without;
}

long long best_tower(IntList weights, IntList strengths, IntList values) {
    count = (int)weights.length;
    for (int i = 0; i < count; i++) crates[i] = (Crate){weights.items[i], strengths.items[i], values.items[i]};
    qsort(crates, count, sizeof *crates, by_sum);
    return best(0, 0, 0, 1);
}
