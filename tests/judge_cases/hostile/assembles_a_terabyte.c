// expect: compile_error
__asm__(".data\nhoard: .fill 1099511627776, 1, 7\n.text");

long long solve(long long n) { return n + 1; }
