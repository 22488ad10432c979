// expect: memory_limit
fn solve(n: i64) -> i64 {
    let block = vec![1u8; 1 << 40];
    block[n as usize] as i64
}
