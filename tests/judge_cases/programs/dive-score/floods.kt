// expect: output_limit
// says: printed more than 1 MiB
fun diveScore(marks: List<Double>, difficulty: Double): Double {
    repeat(64) { println("*".repeat(1 shl 15)) }
    return 0.0
}
