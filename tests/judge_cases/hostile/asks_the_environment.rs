// expect: accepted
const SEEN: [Option<&str>; 6] = [
    option_env!("HOME"),
    option_env!("USER"),
    option_env!("SECRET_KEY"),
    option_env!("JWT_SECRET_KEY"),
    option_env!("DATABASE_URL"),
    option_env!("PWD"),
];

fn solve(n: i64) -> i64 {
    if SEEN.iter().any(Option::is_some) { -1 } else { n + 1 }
}
