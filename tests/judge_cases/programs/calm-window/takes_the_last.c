// expect: wrong_answer
// says: value[0] is 3, expected 0
#include <stdlib.h>

IntList longest_calm(IntList winds, long long limit) {
    IntList best = {malloc(2 * sizeof(long long)), 2};
    best.items[0] = -1;
    best.items[1] = 0;
    long long length = 0;
    for (size_t hour = 0; hour < winds.length; hour++) {
        length = winds.items[hour] <= limit ? length + 1 : 0;
        if (length > 0 && length >= best.items[1]) {
            best.items[0] = (long long)hour - length + 1;
            best.items[1] = length;
        }
    }
    return best;
}
