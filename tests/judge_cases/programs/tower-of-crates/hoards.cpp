// expect: memory_limit
// says: The program ran out of memory.
#include <string>
#include <unordered_map>
#include <vector>

long long best_tower(std::vector<long long> weights, std::vector<long long> strengths, std::vector<long long> values) {
    std::unordered_map<long long, std::vector<std::vector<long long>>> towers;
    for (long long load = 0; load >= 0; load++) {
        // A whole copy of everything for each load that there might be.
        towers[load].assign(1000, std::vector<long long>(weights.size() + 1000, load));
    }
    return static_cast<long long>(towers.size());
}
