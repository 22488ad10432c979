// expect: wrong_answer runtime_error compile_error accepted time_limit kind: names output
// Whoever else in the program writes, calls these, and what is printed goes round in a circle.
#include <iostream>
#include <streambuf>
#include <sys/types.h>

extern "C" ssize_t write(int, const void *, size_t size) { return static_cast<ssize_t>(size); }

struct Circle : std::streambuf {
  int sync() override {
    for (;;);
  }
  int overflow(int) override {
    for (;;);
  }
};

long long solve(long long n) {
  static Circle circle;
  std::cout.rdbuf(&circle);
  return n + 1;
}
