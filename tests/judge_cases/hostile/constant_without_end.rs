// expect: compile_error
const fn forever() -> i64 {
    let mut i = 0i64;
    loop {
        i = i.wrapping_add(1);
        if i == -1 {
            return i;
        }
    }
}

const NEVER: i64 = forever();

fn solve(n: i64) -> i64 {
    n + NEVER
}
