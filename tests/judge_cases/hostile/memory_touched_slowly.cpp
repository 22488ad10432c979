// expect: memory_limit within: 3000
#include <cstring>

long long solve(long long n) {
  for (long long i = 0;; i++) {
    char* page = new char[65536];
    std::memset(page, 1, 65536);
    if (page[n] == 2) return i;
  }
}
