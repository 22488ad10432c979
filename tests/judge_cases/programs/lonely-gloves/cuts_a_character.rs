// expect: runtime_error
// says: byte index 3 is not a char boundary
use std::collections::HashMap;

fn missing_gloves(gloves: Vec<String>) -> Vec<String> {
    let mut over: HashMap<String, i64> = HashMap::new();
    for glove in &gloves {
        // Some letters are two bytes long, and a slice must not end within one.
        if &glove[..3] == "old" {
            continue;
        }
        let (colour, side) = glove.rsplit_once('-').unwrap();
        *over.entry(colour.to_string()).or_default() += if side == "L" { 1 } else { -1 };
    }
    let mut missing = Vec::new();
    for (colour, count) in over {
        let side = if count > 0 { 'R' } else { 'L' };
        missing.extend((0..count.abs()).map(|_| format!("{}-{}", colour, side)));
    }
    missing
}
