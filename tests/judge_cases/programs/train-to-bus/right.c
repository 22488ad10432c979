// expect: accepted
#include <stdlib.h>

static int by_minute(const void *one, const void *other) {
    long long a = *(const long long *)one, b = *(const long long *)other;
    return (a > b) - (a < b);
}

/* The index of the first departure at or after a minute, or the number of departures. */
static size_t first_from(IntList departures, long long minute) {
    size_t low = 0, high = departures.length;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (departures.items[middle] < minute) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

IntList waiting_times(IntList trains, IntList buses, long long walk) {
    IntList waits = {malloc(trains.length * sizeof(long long) + 1), trains.length};
    qsort(buses.items, buses.length, sizeof(long long), by_minute);
    for (size_t i = 0; i < trains.length; i++) {
        long long ready = trains.items[i] + walk;
        size_t next = first_from(buses, ready);
        waits.items[i] = next < buses.length ? buses.items[next] - ready : -1;
    }
    return waits;
}
