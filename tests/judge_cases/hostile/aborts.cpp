// expect: runtime_error
#include <cstdlib>

long long solve(long long n) { std::abort(); }
