// expect: compile_error
const HOST: &str = include_str!("/proc/self/environ");

fn solve(n: i64) -> i64 {
    n + 1 + HOST.len() as i64 * 0
}
