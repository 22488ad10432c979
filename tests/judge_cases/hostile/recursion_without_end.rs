// expect: runtime_error
#[inline(never)]
fn deeper(n: i64) -> i64 {
    let room = [n; 32];
    let seen = unsafe { std::ptr::read_volatile(&room[(n % 32) as usize]) };
    deeper(n + 1) + seen + room[(seen % 32) as usize]
}

fn solve(n: i64) -> i64 {
    deeper(n)
}
