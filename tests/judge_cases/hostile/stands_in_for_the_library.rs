// expect: wrong_answer runtime_error compile_error accepted kind: names output
// Whoever else in the program writes, calls this.
#[no_mangle]
pub extern "C" fn write(_: i32, _: *const u8, size: usize) -> isize {
    size as isize
}

fn solve(n: i64) -> i64 {
    println!("{}", n);
    n + 1
}
