// expect: runtime_error
__attribute__((noinline)) static long long deeper(volatile long long n) {
  volatile long long room[16] = {n};
  return deeper(n + 1) + room[n % 16];
}

long long solve(long long n) { return deeper(n); }
