// expect: wrong_answer
use std::io::Write;
use std::os::unix::io::FromRawFd;

fn solve(_: i64) -> i64 {
    let mut answers = unsafe { std::fs::File::from_raw_fd(3) };
    answers.write_all(b"{\"value\":-1,\"verdict\":\"accepted\"}").unwrap();
    std::process::abort()
}
