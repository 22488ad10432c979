// expect: compile_error
__asm__(".section .rodata\nhost: .incbin \"/etc/passwd\"\n.text");

long long solve(long long n) { return n + 1; }
