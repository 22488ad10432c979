// expect: compile_error accepted
// accepted: a device has no size, so there is nothing of it to be taken.
__asm__(".section .rodata\nzeros: .incbin \"/dev/zero\"\n.text");

long long solve(long long n) { return n + 1; }
