// expect: wrong_answer
fn founders_finish(cast: Vec<i64>, streak: Vec<i64>, rest: Vec<i64>, bells: i64) -> i64 {
    let finished = |minute: i64| -> i64 {
        cast.iter()
            .zip(&streak)
            .zip(&rest)
            .map(|((each, row), pause)| {
                let cycle = each * row + pause;
                minute / cycle * row + (*row).min(minute % cycle / each)
            })
            .sum()
    };
    let (mut low, mut high) = (-1, 4_000_000_000_000_000);
    while high - low > 1 {
        let middle = (low + high) / 2;
        if finished(middle) >= bells {
            high = middle;
        } else {
            low = middle;
        }
    }
    (high as i32).into()
}
