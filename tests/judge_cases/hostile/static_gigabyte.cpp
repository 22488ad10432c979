// expect: memory_limit runtime_error
#include <cstring>

static char hoard[1LL << 30];

long long solve(long long n) {
  std::memset(hoard, 1, sizeof hoard);
  return hoard[n] + n;
}
