// expect: compile_error
// says: solution.cpp:8
#include <string>
#include <vector>

std::vector<std::vector<long long>> stretches_with(std::vector<std::vector<long long>> shifts, long long crews) {
    std::string stretches = "[]";
    return stretches;
}
