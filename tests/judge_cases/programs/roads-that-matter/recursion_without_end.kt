// expect: runtime_error
// says: java.lang.StackOverflowError
fun reached(village: Long, roads: List<List<Long>>): Long {
    var sum = 1L
    for ((a, b) in roads) {
        if (a == village) sum += reached(b, roads)
        if (b == village) sum += reached(a, roads)
    }
    return sum
}

fun pairsCut(villages: Long, roads: List<List<Long>>): List<Long> =
    roads.map { (a, b) -> reached(a, roads) * reached(b, roads) }
