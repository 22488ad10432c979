// expect: accepted
fn count_new_marks(mut mark: i64, levels: Vec<i64>) -> i64 {
    let mut moves = 0;
    for level in levels {
        if level > mark {
            mark = level;
            moves += 1;
        }
    }
    moves
}
