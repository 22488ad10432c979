// expect: time_limit kind: end
extern "C" {
    fn atexit(called: extern "C" fn()) -> i32;
}

extern "C" fn hang() {
    loop {
        std::hint::spin_loop();
    }
}

fn solve(_: i64) -> i64 {
    unsafe { atexit(hang) };
    std::process::exit(0)
}
