// expect: accepted
use std::collections::HashMap;

fn settle_pantry(entries: Vec<String>) -> HashMap<String, i64> {
    let mut stock: HashMap<String, i64> = HashMap::new();
    for entry in &entries {
        let (change, item) = entry.split_once(' ').unwrap();
        let (sign, number) = change.split_at(1);
        let amount: i64 = number.parse().unwrap();
        let here = stock.entry(item.to_string()).or_insert(0);
        match sign {
            "+" => *here += amount,
            "=" => *here = amount,
            _ if amount <= *here => *here -= amount,
            _ => {}
        }
    }
    stock.retain(|_, here| *here > 0);
    stock
}
