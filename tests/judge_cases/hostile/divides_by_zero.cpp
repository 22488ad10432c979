// expect: runtime_error
long long solve(long long n) {
  volatile long long zero = 0, one = n;
#ifdef __x86_64__
  return one / zero;
#else
  __builtin_trap();
#endif
}
