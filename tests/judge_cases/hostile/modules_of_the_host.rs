// expect: compile_error
#[path = "/etc/passwd"]
mod host;

fn solve(n: i64) -> i64 {
    n + 1
}
