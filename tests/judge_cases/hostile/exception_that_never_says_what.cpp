// expect: time_limit
#include <exception>

struct Silent : std::exception {
  const char* what() const noexcept override {
    for (;;);
  }
};

long long solve(long long n) { throw Silent(); }
