// expect: memory_limit
#include <vector>

long long solve(long long n) {
  std::vector<char> block(1LL << 30, 1);
  return block[n] + n;
}
