// expect: time_limit
#include <cstdlib>

long long solve(long long n) {
  std::atexit([] {
    for (;;);
  });
  return n + 1;
}
