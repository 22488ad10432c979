// expect: accepted
fn dive_score(mut marks: Vec<f64>, difficulty: f64) -> f64 {
    marks.sort_by(|a, b| a.partial_cmp(b).unwrap());
    let counting = match marks.as_slice() {
        [] => return 0.0,
        [_, middle @ .., _] if !middle.is_empty() => middle,
        all => all,
    };
    counting.iter().sum::<f64>() / counting.len() as f64 * difficulty
}
