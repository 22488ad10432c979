// expect: runtime_error
// says: exited before its function returned
fn count_new_marks(mark: i64, levels: Vec<i64>) -> i64 {
    let moves = levels.iter().filter(|&&level| level > mark).count();
    println!("{}", moves);
    std::process::exit(0);
}
