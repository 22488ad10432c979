// expect: compile_error
fn grow<T>(n: i64, t: T) -> i64 {
    if n > 100 { n } else { grow(n + 1, Some((n, t))) }
}

fn solve(n: i64) -> i64 {
    grow(n, 1u8)
}
