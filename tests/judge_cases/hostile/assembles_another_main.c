// expect: accepted wrong_answer runtime_error compile_error
// Code that runs before main(), and names that the harness has.
__asm__(
    ".section .preinit_array,\"aw\"\n.quad 0\n"
    ".text\n.globl main\nmain: ret\n.globl write\nwrite: ret\n.globl codemaze_finish\ncodemaze_finish: ret\n");

long long solve(long long n) { return n + 1; }
