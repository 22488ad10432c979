// expect: accepted
use std::ops::BitXorAssign;

mod modular {
    pub const MODULUS: i64 = 1_000_000_007;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub struct Number(pub i64);

    impl std::ops::Mul for Number {
        type Output = Self;

        fn mul(self, other: Self) -> Self {
            Number(self.0 * other.0 % MODULUS)
        }
    }

    impl std::iter::Product for Number {
        fn product<I: Iterator<Item = Self>>(numbers: I) -> Self {
            numbers.fold(Number(1), |all, one| all * one)
        }
    }
}

use modular::{Number, MODULUS};

trait Parities {
    fn parities(&self) -> u32;
}

impl Parities for i64 {
    fn parities(&self) -> u32 {
        let (mut number, mut found) = (*self, 0);
        let primes = (2..100).filter(|p| (2..*p).all(|d| p % d != 0));
        for (place, prime) in primes.enumerate() {
            while number % prime == 0 {
                number /= prime;
                found ^= 1 << place;
            }
        }
        found
    }
}

#[derive(Default)]
struct Basis {
    rows: [u32; 32],
}

impl Basis {
    /// Whether the row depends on those that are there already; if not, it is added.
    fn has<T: Copy + Into<u32> + BitXorAssign<u32>>(&mut self, mut row: T) -> bool {
        loop {
            let bits: u32 = row.into();
            if bits == 0 {
                return true;
            }
            let known = &mut self.rows[31 - bits.leading_zeros() as usize];
            if *known == 0 {
                *known = bits;
                return false;
            }
            row ^= *known;
        }
    }
}

fn square_choices(numbers: Vec<i64>) -> i64 {
    let mut basis = Basis::default();
    let factors = numbers.iter().map(|number| Number(if basis.has(number.parities()) { 2 } else { 1 }));
    let ways: Number = factors.product();
    println!("{:?} of {} numbers", ways, numbers.len());
    (ways.0 - 1).rem_euclid(MODULUS)
}
