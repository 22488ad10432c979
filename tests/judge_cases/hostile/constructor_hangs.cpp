// expect: time_limit kind: static
__attribute__((constructor(101))) static void early() {
  for (;;);
}

long long solve(long long n) { return n + 1; }
