// expect: memory_limit
// says: The program ran out of memory.
fun stretchesWith(shifts: List<List<Long>>, crews: Long): List<List<Long>> {
    val timeline = mutableListOf<LongArray>()
    while (true) {
        timeline.add(LongArray(1 shl 20) { moment -> moment + crews })
    }
}
