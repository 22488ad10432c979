// expect: runtime_error
// says: index out of bounds: the len is 4 but the index is 4
fn towers_reached(heights: Vec<i64>) -> Vec<i64> {
    let mut reached = vec![0; heights.len()];
    for i in 0..heights.len() {
        let mut next = i + 1;
        while heights[next] <= heights[i] {
            reached[i] += 1;
            next += 1;
        }
    }
    reached
}
