// expect: time_limit
#[derive(Clone, Copy)]
struct Crate {
    weight: i64,
    strength: i64,
    value: i64,
}

fn best(crates: &[Crate], load: i64, worth: i64, stands: bool) -> i64 {
    match crates.split_first() {
        None if stands => worth,
        None => 0,
        Some((first, others)) => {
            let bears = stands && load <= first.strength;
            let with = best(others, load + first.weight, worth + first.value, bears);
            with.max(best(others, load, worth, stands))
        }
    }
}

fn best_tower(weights: Vec<i64>, strengths: Vec<i64>, values: Vec<i64>) -> i64 {
    let mut crates: Vec<Crate> = (0..weights.len())
        .map(|i| Crate { weight: weights[i], strength: strengths[i], value: values[i] })
        .collect();
    crates.sort_by_key(|one| one.weight + one.strength);
    best(&crates, 0, 0, true)
}
