// expect: wrong_answer
fn expected_dark_stretch(lit: Vec<f64>) -> f64 {
    // Chances in whole percents: enough for the examples.
    let dark: Vec<f64> = lit.iter().map(|chance| (100 - (chance * 100.0) as i64) as f64 / 100.0).collect();
    let count = dark.len();
    let mut expected = 0.0;
    for length in 1..=count {
        let mut short = vec![1.0; count + 1];
        for end in length..=count {
            let run: f64 = dark[end - length..end].iter().product();
            let before = match end - length {
                0 => 1.0,
                first => short[first - 1] * (1.0 - dark[first - 1]),
            };
            short[end] = short[end - 1] - run * before;
        }
        expected += 1.0 - short[count];
    }
    expected
}
