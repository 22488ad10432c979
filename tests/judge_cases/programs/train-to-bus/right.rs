// expect: accepted
fn waiting_times(trains: Vec<i64>, mut buses: Vec<i64>, walk: i64) -> Vec<i64> {
    buses.sort_unstable();
    trains
        .iter()
        .map(|train| train + walk)
        .map(|ready| {
            let next = buses.partition_point(|&bus| bus < ready);
            buses.get(next).map_or(-1, |bus| bus - ready)
        })
        .collect()
}
