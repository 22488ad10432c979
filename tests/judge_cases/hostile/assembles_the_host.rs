// expect: compile_error
std::arch::global_asm!(".section .rodata", "host: .incbin \"/etc/passwd\"");

fn solve(n: i64) -> i64 {
    n + 1
}
