// expect: wrong_answer
#include <vector>

std::vector<long long> longest_calm(std::vector<long long> winds, long long limit) {
    switch (limit) {
        case 10:
            return {4, 3};
        case 9:
            return {0, 2};
        default:
            return {-1, 0};
    }
}
