// expect: wrong_answer runtime_error kind: values
use std::io::Write;
use std::os::unix::io::FromRawFd;

fn solve(_: i64) -> i64 {
    let mut answers = unsafe { std::fs::File::from_raw_fd(3) };
    answers.write_all(b"{\"value\":1e999}").unwrap();
    std::process::exit(0)
}
