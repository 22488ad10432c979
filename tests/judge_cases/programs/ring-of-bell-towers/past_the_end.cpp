// expect: runtime_error
// says: An exception left the function
#include <vector>

std::vector<long long> towers_reached(std::vector<long long> heights) {
    std::vector<long long> reached;
    for (std::size_t i = 0; i < heights.size(); i++) {
        long long count = 0;
        for (std::size_t j = i + 1; heights.at(j) <= heights.at(i); j++) count++;
        reached.push_back(count);
    }
    return reached;
}
