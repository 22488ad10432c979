// expect: compile_error
const HOST: &[u8] = include_bytes!("/etc/passwd");

fn solve(n: i64) -> i64 {
    n + 1 + HOST.len() as i64 * 0
}
