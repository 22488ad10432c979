// expect: compile_error
macro_rules! twice {
    ($($t:tt)*) => { twice!($($t)* $($t)* x) };
}

fn solve(n: i64) -> i64 {
    twice!(n)
}
