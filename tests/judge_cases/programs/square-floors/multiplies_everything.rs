// expect: wrong_answer
fn square_choices(numbers: Vec<i64>) -> i64 {
    let few = numbers.len().min(12);
    let is_square = |product: i64| {
        let root = (product as f64).sqrt() as i64;
        product > 0 && root.checked_mul(root) == Some(product)
    };
    // A product that is too large for 64 bits loses its upper ones.
    (1u32..1 << few)
        .filter(|choice| {
            let chosen = (0..few).filter(|place| choice >> place & 1 == 1);
            is_square(chosen.fold(1i64, |product, place| product.wrapping_mul(numbers[place])))
        })
        .count() as i64
}
