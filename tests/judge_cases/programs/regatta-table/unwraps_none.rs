// expect: runtime_error
// says: solution.rs:11
use std::collections::BTreeMap;

fn regatta_table(races: Vec<Vec<String>>) -> Vec<String> {
    let mut total: BTreeMap<String, usize> = races.concat().into_iter().map(|boat| (boat, 0)).collect();
    let absent = total.len() + 1;
    for race in &races {
        for (boat, points) in total.iter_mut() {
            // A boat that did not finish has no place.
            *points += race.iter().position(|name| name == boat).unwrap() + 1;
        }
    }
    assert!(total.values().all(|&points| points < absent * races.len()));
    let mut table: Vec<String> = total.keys().cloned().collect();
    table.sort_by_key(|boat| total[boat]);
    table
}
