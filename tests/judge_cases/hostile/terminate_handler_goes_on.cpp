// expect: time_limit kind: handlers
#include <exception>

long long solve(long long n) {
  std::set_terminate([] {
    for (;;);
  });
  std::terminate();
}
