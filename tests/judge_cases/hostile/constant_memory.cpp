// expect: compile_error
#include <string>
#include <vector>

consteval long long hoard() {
  std::vector<std::string> kept;
  for (long long i = 0; i < 1LL << 40; i++) kept.push_back(std::string(1000, 'x'));
  return kept.size();
}

long long solve(long long n) { return n + hoard(); }
