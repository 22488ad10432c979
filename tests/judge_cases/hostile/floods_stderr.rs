// expect: output_limit
fn solve(n: i64) -> i64 {
    let text = "x".repeat(100_000);
    loop {
        eprint!("{text}{n}");
    }
}
