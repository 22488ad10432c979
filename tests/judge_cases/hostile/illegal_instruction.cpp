// expect: runtime_error
long long solve(long long n) {
  __builtin_trap();
}
