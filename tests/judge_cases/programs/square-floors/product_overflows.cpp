// expect: wrong_answer
#include <algorithm>
#include <cmath>
#include <vector>

long long square_choices(std::vector<long long> numbers) {
    // Right for small numbers: a long choice has a product beyond 64 bits, whatever is left of it then.
    const std::size_t few = std::min<std::size_t>(numbers.size(), 12);
    long long ways = 0;
    for (unsigned choice = 1; choice < 1u << few; choice++) {
        unsigned long long product = 1;
        for (std::size_t i = 0; i < few; i++) {
            if (choice >> i & 1) product *= static_cast<unsigned long long>(numbers[i]);
        }
        const auto root = static_cast<unsigned long long>(std::sqrt(static_cast<long double>(product)));
        if (root * root == product) ways++;
    }
    return ways;
}
