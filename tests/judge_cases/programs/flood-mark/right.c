// expect: accepted
#include <stddef.h>

long long count_new_marks(long long mark, IntList levels) {
    long long moves = 0;
    for (size_t i = 0; i < levels.length; i++) {
        if (levels.items[i] > mark) {
            mark = levels.items[i];
            moves++;
        }
    }
    return moves;
}
