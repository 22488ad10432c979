// expect: compile_error
__asm__(".macro again\nagain\nagain\n.endm\nagain");

long long solve(long long n) { return n + 1; }
