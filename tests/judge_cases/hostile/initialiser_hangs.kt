// expect: time_limit kind: static
// Before the function is called.
var rounds = 0L

val early: Long = run {
    while (rounds >= 0) rounds = (rounds + 1) and 0xffff
    rounds
}

fun solve(n: Long): Long = n + 1
