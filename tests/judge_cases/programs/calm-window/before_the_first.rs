// expect: runtime_error
// says: solution.rs:6:22
fn longest_calm(winds: Vec<i64>, limit: i64) -> Vec<i64> {
    let mut best = vec![-1, 0];
    for hour in 0..winds.len() {
        let begins = winds[hour - 1] > limit;
        let length = winds[hour..].iter().take_while(|&&wind| wind <= limit).count() as i64;
        if (begins || hour == 0) && length > best[1] {
            best = vec![hour as i64, length];
        }
    }
    best
}
