// expect: compile_error
// says: solution.cpp:10
#include <optional>
#include <string>
#include <vector>

std::optional<long long> minutes_to_cross(std::vector<std::string> chart) {
    long long minutes = 0;
    for (const std::string& row : chart) {
        minutes += row;
    }
    return minutes;
}
