// expect: accepted
#include <vector>

long long count_new_marks(long long mark, std::vector<long long> levels) {
    long long moves = 0;
    for (const long long level : levels) {
        if (level > mark) {
            mark = level;
            ++moves;
        }
    }
    return moves;
}
