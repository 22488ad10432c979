// expect: output_limit
// says: printed more than 1 MiB
#include <stdio.h>

long long count_new_marks(long long mark, IntList levels) {
    for (int line = 0; line < 40000; line++) {
        printf("line %5d: the mark is at %10lld, and there are %8zu readings\n", line, mark, levels.length);
    }
    return 0;
}
