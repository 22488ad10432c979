// expect: runtime_error
fn solve(_: i64) -> i64 {
    std::process::exit(0)
}
