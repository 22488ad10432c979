// expect: time_limit
#include <algorithm>
#include <cstdint>
#include <vector>

double expected_dark_stretch(std::vector<double> lit) {
    const std::size_t count = lit.size();
    double expected = 0;
    for (std::uint64_t night = 0; night >> count == 0; night++) {
        double chance = 1;
        int longest = 0, dark = 0;
        for (std::size_t lamp = 0; lamp < count; lamp++) {
            const bool on = night >> lamp & 1;
            chance *= on ? lit[lamp] : 1 - lit[lamp];
            dark = on ? 0 : dark + 1;
            longest = std::max(longest, dark);
        }
        expected += chance * longest;
    }
    return expected;
}
