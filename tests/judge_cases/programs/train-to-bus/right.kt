// expect: accepted
fun waitingTimes(trains: List<Long>, buses: List<Long>, walk: Long): List<Long> {
    val departures = buses.distinct().sorted()
    return trains.map { train ->
        val ready = train + walk
        val found = departures.binarySearch(ready)
        val next = if (found >= 0) found else -found - 1
        departures.getOrNull(next)?.minus(ready) ?: -1L
    }
}
