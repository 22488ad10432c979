// expect: time_limit kind: handlers
#include <csignal>
#include <exception>
#include <new>

long long solve(long long n) {
  for (int number = 1; number < 65; number++) std::signal(number, SIG_IGN);
  std::set_new_handler([] {
    for (;;);
  });
  for (volatile long long i = n;; i = i + 1);
}
