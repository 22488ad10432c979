// expect: memory_limit within: 3000
fn solve(n: i64) -> i64 {
    let mut kept = Vec::new();
    loop {
        kept.push(vec![n as u8; 1 << 16]);
        std::mem::forget(vec![1u8; 1 << 16]);
    }
}
