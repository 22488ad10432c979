// expect: compile_error
// says: solution.rs:5
fn minutes_to_cross(chart: Vec<String>) -> Option<i64> {
    let rows = chart;
    let width = chart[0].len();
    Some((rows.len() * width) as i64)
}
