// expect: wrong_answer
// says: value[0] is 3, expected 0
fun longestCalm(winds: List<Long>, limit: Long): List<Long> {
    val runs = mutableListOf<Pair<Int, Int>>()
    var length = 0
    winds.forEachIndexed { hour, wind ->
        length = if (wind <= limit) length + 1 else 0
        if (length > 0) runs.add(Pair(hour - length + 1, length))
    }
    val best = runs.sortedBy { it.second }.lastOrNull() ?: return listOf(-1L, 0L)
    return listOf(best.first.toLong(), best.second.toLong())
}
