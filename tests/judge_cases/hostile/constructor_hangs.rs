// expect: time_limit kind: static
#[used]
#[link_section = ".init_array"]
static EARLY: extern "C" fn() = early;

extern "C" fn early() {
    loop {
        std::hint::spin_loop();
    }
}

fn solve(n: i64) -> i64 {
    n + 1
}
