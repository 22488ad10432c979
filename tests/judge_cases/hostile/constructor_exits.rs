// expect: runtime_error kind: start
#[used]
#[link_section = ".init_array"]
static EARLY: extern "C" fn() = early;

extern "C" fn early() {
    std::process::exit(0)
}

fn solve(n: i64) -> i64 {
    n + 1
}
