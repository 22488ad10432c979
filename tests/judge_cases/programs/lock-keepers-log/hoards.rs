// expect: memory_limit
// says: The program ran out of memory.
use std::collections::HashMap;

fn stretches_with(shifts: Vec<Vec<i64>>, crews: i64) -> Vec<Vec<i64>> {
    let mut timeline: HashMap<i64, Vec<Vec<i64>>> = HashMap::new();
    for moment in -1_000_000_000.. {
        timeline.insert(moment, vec![vec![moment, crews]; 10_000 + shifts.len()]);
    }
    timeline.into_values().next().unwrap()
}
