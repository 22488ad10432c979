// expect: compile_error
constexpr long long forever(long long n) {
  for (unsigned long long i = 0; i != ~0ULL; i++) n ^= i;
  return n;
}
constexpr long long never = forever(1);

long long solve(long long n) { return n + never; }
