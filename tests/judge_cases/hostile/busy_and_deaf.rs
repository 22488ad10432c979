// expect: time_limit kind: handlers
extern "C" {
    fn signal(number: i32, handler: usize) -> usize;
}

fn solve(_: i64) -> i64 {
    for number in 1..65 {
        unsafe { signal(number, 1) };
    }
    loop {
        std::hint::spin_loop();
    }
}
