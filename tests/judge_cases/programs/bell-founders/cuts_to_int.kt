// expect: wrong_answer
fun foundersFinish(cast: List<Long>, streak: List<Long>, rest: List<Long>, bells: Long): Long {
    fun finished(minute: Long) = cast.indices.map { i ->
        val cycle = cast[i] * streak[i] + rest[i]
        minute / cycle * streak[i] + minOf(streak[i], minute % cycle / cast[i])
    }.sum()

    var low = -1L
    var high = 4_000_000_000_000_000L
    while (high - low > 1) {
        val middle = (low + high) / 2
        if (finished(middle) >= bells) high = middle else low = middle
    }
    return high.toInt().toLong()
}
