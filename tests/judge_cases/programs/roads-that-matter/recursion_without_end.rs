// expect: runtime_error
// says: recursion
fn size(village: usize, beside: &[Vec<usize>]) -> i64 {
    let mut sum = 1;
    for &other in &beside[village] {
        sum += size(other, beside);
    }
    sum
}

fn pairs_cut(villages: i64, roads: Vec<Vec<i64>>) -> Vec<i64> {
    let mut beside = vec![Vec::new(); villages as usize];
    for road in &roads {
        beside[road[0] as usize].push(road[1] as usize);
        beside[road[1] as usize].push(road[0] as usize);
    }
    roads.iter().map(|road| size(road[0] as usize, &beside) * size(road[1] as usize, &beside)).collect()
}
