// expect: runtime_error
// says: exited before its function returned
#include <cstdlib>
#include <iostream>
#include <vector>

long long count_new_marks(long long mark, std::vector<long long> levels) {
    std::cout << 2 << std::endl;
    std::exit(0);
}
