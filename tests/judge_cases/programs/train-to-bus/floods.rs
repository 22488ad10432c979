// expect: output_limit
// says: printed more than 1 MiB
fn waiting_times(trains: Vec<i64>, buses: Vec<i64>, walk: i64) -> Vec<i64> {
    for minute in 0..50_000 {
        println!("minute {:6}: {} trains, {} buses, {} minutes to walk", minute, trains.len(), buses.len(), walk);
    }
    vec![]
}
