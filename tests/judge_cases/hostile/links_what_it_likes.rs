// expect: compile_error
#[link(name = "c -Wl,-T,/etc/passwd")]
#[link(name = ":../../../../etc/passwd")]
extern "C" {
    fn getpid() -> i32;
}

fn solve(n: i64) -> i64 {
    n + 1 + unsafe { getpid() } as i64
}
