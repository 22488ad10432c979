// expect: accepted
fun countNewMarks(mark: Long, levels: List<Long>): Long {
    var line = mark
    var moves = 0L
    for (level in levels) {
        if (level > line) {
            line = level
            moves++
        }
    }
    return moves
}
