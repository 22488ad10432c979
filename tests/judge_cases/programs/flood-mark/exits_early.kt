// expect: runtime_error
// says: exited before its function returned
import kotlin.system.exitProcess

fun countNewMarks(mark: Long, levels: List<Long>): Long {
    println(levels.count { it > mark })
    exitProcess(0)
}
