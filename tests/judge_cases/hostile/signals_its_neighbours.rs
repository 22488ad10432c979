// expect: accepted kind: signals stack
// No signal reaches anybody, and on the way back to what called it nothing lies that is not its own.
use std::env;

extern "C" {
    fn kill(pid: i32, number: i32) -> i32;
    fn syscall(number: i64, ...) -> i64;
    fn pipe(ends: *mut i32) -> i32;
    fn write(to: i32, from: usize, size: usize) -> isize;
    fn read(from: i32, to: *mut u8, size: usize) -> isize;
}

fn solve(n: i64) -> i64 {
    let own = std::process::id() as i32;
    for pid in (-1..own + 20).filter(|&pid| pid != own && pid != 0) {
        for number in [9, 19] {
            if unsafe { kill(pid, number) == 0 || syscall(200, pid, number) == 0 } {
                return -1;
            }
            if cfg!(target_arch = "x86_64") && unsafe { syscall(234, pid, pid, number) } == 0 {
                return -2;
            }
        }
    }
    let (mut ends, mut page, mut above) = ([0; 2], [0u8; 4096], (&n as *const i64 as usize) & !4095);
    unsafe { pipe(ends.as_mut_ptr()) };
    while unsafe { write(ends[1], above, 4096) == 4096 && read(ends[0], page.as_mut_ptr(), 4096) == 4096 } {
        let text = String::from_utf8_lossy(&page);
        if text.contains(&["exp", "ected"].concat()) || text.contains(&["DATA", "BASE_URL"].concat()) {
            return -3;
        }
        above += 4096;
    }
    n + if env::vars().count() > 0 { -4 } else { 1 }
}
