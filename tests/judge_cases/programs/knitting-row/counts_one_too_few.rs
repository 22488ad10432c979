// expect: wrong_answer
// says: value is "k2 p1 k", expected "k3 p2 k"
fn knitting_instructions(row: String) -> String {
    let mut groups: Vec<(char, usize)> = Vec::new();
    for stitch in row.chars() {
        match groups.last_mut() {
            Some((last, more)) if *last == stitch => *more += 1,
            _ => groups.push((stitch, 0)),
        }
    }
    let texts: Vec<String> = groups
        .iter()
        .map(|(stitch, more)| if *more > 0 { format!("{}{}", stitch, more) } else { stitch.to_string() })
        .collect();
    texts.join(" ")
}
