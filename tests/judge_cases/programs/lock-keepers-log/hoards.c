// expect: memory_limit
// says: The program ran out of memory.
#include <stdlib.h>
#include <string.h>

IntListList stretches_with(IntListList shifts, long long crews) {
    // A counter for every moment from the first to the last, and it is never enough.
    for (size_t size = 1 << 20;; size += 1 << 20) {
        long long *working = malloc(size);
        memset(working, (int)crews, size);
        for (size_t i = 0; i < shifts.length; i++) working[i]++;
    }
}
