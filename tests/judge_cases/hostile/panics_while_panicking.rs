// expect: runtime_error
struct Again;

impl Drop for Again {
    fn drop(&mut self) {
        panic!("again");
    }
}

fn solve(_: i64) -> i64 {
    let _again = Again;
    panic!("once");
}
