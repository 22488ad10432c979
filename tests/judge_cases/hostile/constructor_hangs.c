// expect: time_limit kind: static
__attribute__((constructor)) static void early(void) {
  for (;;);
}

long long solve(long long n) { return n + 1; }
