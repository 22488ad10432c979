// expect: time_limit
// says: The program used more than 2000 ms of CPU time.
#include <stdlib.h>

static int by_minute(const void *one, const void *other) {
    long long a = *(const long long *)one, b = *(const long long *)other;
    return (a > b) - (a < b);
}

IntList waiting_times(IntList trains, IntList buses, long long walk) {
    IntList waits = {malloc(trains.length * sizeof(long long) + 1), trains.length};
    qsort(buses.items, buses.length, sizeof(long long), by_minute);
    for (size_t i = 0; i < trains.length; i++) {
        volatile size_t low = 0, high = buses.length;
        while (low < high) {
            size_t middle = (low + high) / 2;
            if (buses.items[middle] < trains.items[i] + walk) {
                low = middle;  // must be one more
            } else {
                high = middle;
            }
        }
        waits.items[i] = low < buses.length ? buses.items[low] - trains.items[i] - walk : -1;
    }
    return waits;
}
