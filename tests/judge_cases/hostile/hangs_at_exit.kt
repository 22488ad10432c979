// expect: time_limit kind: end
import kotlin.system.exitProcess

fun solve(n: Long): Long {
    Runtime.getRuntime().addShutdownHook(Thread { while (true) Thread.onSpinWait() })
    exitProcess(0)
}
