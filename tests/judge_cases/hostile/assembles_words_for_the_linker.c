// expect: accepted compile_error runtime_error
// Sections that tools read: a message of the linker's, options for another compiler, a loader of the player's own.
__asm__(
    ".section .gnu.warning.solve\n.ascii \"\\342\\200\\256 rewritten\"\n"
    ".section .gnu.lto_.opts,\"e\"\n.asciz \"'-wrapper' '/work/solution.c' '-fplugin=/work/solution.o'\"\n"
    ".section .gnu.lto_main,\"e\"\n.ascii \"x\"\n"
    ".section .interp,\"a\"\n.asciz \"/python/bin/python3\"\n"
    ".section .note.GNU-stack,\"x\",@progbits\n.text");

long long solve(long long n) { return n + 1; }
