// expect: accepted
use std::process::Command;
use std::thread;

extern "C" {
    fn fork() -> i32;
    fn kill(pid: i32, number: i32) -> i32;
    fn ptrace(request: i32, pid: i32, at: usize, data: usize) -> i64;
}

fn solve(n: i64) -> i64 {
    for _ in 0..20 {
        if Command::new("/work/program").spawn().is_ok() || Command::new("sh").arg("-c").arg(":").status().is_ok() {
            return -1;
        }
        if thread::Builder::new().spawn(|| loop {}).is_ok() {
            return -2;
        }
        if unsafe { fork() >= 0 || kill(1, 9) == 0 || kill(-1, 9) == 0 || ptrace(16, 1, 0, 0) == 0 } {
            return -3;
        }
    }
    n + 1
}
