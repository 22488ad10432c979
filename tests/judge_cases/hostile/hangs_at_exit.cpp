// expect: time_limit kind: end
#include <cstdlib>

long long solve(long long n) {
  std::atexit([] {
    for (;;);
  });
  return n + 1;
}
