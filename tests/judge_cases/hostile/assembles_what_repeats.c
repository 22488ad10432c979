// expect: compile_error
__asm__(".data\n.rept 1000000000\n.quad 1\n.endr\n.text");

long long solve(long long n) { return n + 1; }
