// expect: compile_error
fn grow<T>(n: i64, t: T) -> i64
where
    T: Clone,
{
    if n > 100 { n } else { grow(n + 1, (t.clone(), t)) }
}

fn solve(n: i64) -> i64 {
    grow(n, 1u8)
}
