// expect: time_limit
#include <exception>

long long solve(long long n) {
  std::set_terminate([] {
    for (;;);
  });
  std::terminate();
}
