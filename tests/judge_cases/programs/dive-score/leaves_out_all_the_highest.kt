// expect: wrong_answer
// says: value is nan, not a finite number
fun diveScore(marks: List<Double>, difficulty: Double): Double {
    val counting = if (marks.size < 3) marks else marks.filter { it < marks.sorted().last() && it > marks.sorted().first() }
    return counting.average() * difficulty
}
