// expect: compile_error
// says: solution.kt:6
fun minutesToCross(chart: List<String>): Long? {
    if (chart.isEmpty()) return null
    val minutes: Int = chart.size
    return minutes
}
