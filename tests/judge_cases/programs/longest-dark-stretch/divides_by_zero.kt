// expect: wrong_answer
// says: value is -inf, not a finite number
fun expectedDarkStretch(lit: List<Double>): Double {
    // The usual estimate, which holds for equal lamps that are neither all dark nor all lit.
    val dark = 1 - lit.sum() / lit.size
    return Math.log(lit.size * 0.0) / Math.log(1 / dark)
}
