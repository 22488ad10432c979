// expect: runtime_error
// says: Stack overflow
#include <stdlib.h>

static IntListList ways;

/* How many villages are behind a road: nobody remembers where the walk has been. */
static long long behind(long long village, size_t came_by) {
    long long size = 1;
    for (size_t i = 0; i < ways.length; i++) {
        long long a = ways.items[i].items[0], b = ways.items[i].items[1];
        if (i == came_by && size > 1) continue;
        if (a == village) size += behind(b, i);
        if (b == village) size += behind(a, i);
    }
    return size;
}

IntList pairs_cut(long long villages, IntListList roads) {
    IntList weights = {calloc(roads.length + 1, sizeof(long long)), roads.length};
    ways = roads;
    for (size_t i = 0; i < roads.length; i++) {
        long long size = behind(roads.items[i].items[0], i);
        weights.items[i] = size * (villages - size);
    }
    return weights;
}
