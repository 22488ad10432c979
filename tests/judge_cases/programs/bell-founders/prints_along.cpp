// expect: accepted
#include <algorithm>
#include <cstdio>
#include <iostream>
#include <numeric>
#include <vector>

using Numbers = std::vector<long long>;

long long founders_finish(Numbers cast, Numbers streak, Numbers rest, long long bells) {
    if (bells == 0) return 0;
    const auto enough = [&](long long minute) {
        long long total = 0;
        for (std::size_t i = 0; i < cast.size(); i++) {
            const long long cycle = cast[i] * streak[i] + rest[i];
            total += minute / cycle * streak[i] + std::min(streak[i], minute % cycle / cast[i]);
        }
        return total >= bells;
    };
    long long low = 0, high = 2'000'001'000'000'000;
    while (high - low > 1) {
        const long long middle = std::midpoint(low, high);
        (enough(middle) ? high : low) = middle;
        std::cerr << low << " .. " << high << '\n';
    }
    std::cout << "minute " << high << "\n";
    std::printf("%zu founders", cast.size());
    return high;
}
