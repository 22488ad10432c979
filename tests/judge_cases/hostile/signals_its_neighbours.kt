// expect: accepted kind: signals output handlers stack
// What Java's machine offers for it: processes, the standard streams, the handlers of errors, the frames of callers.
import java.io.OutputStream
import java.io.PrintStream

fun solve(n: Long): Long {
    for (pid in 1L..100L) {
        val found = runCatching { ProcessHandle.of(pid).orElse(null) }.getOrNull() ?: continue
        if (found == ProcessHandle.current()) continue
        if (runCatching { found.destroyForcibly() }.getOrDefault(false)) return -1
    }
    val hanging = object : OutputStream() {
        override fun write(b: Int) {
            while (true) Thread.onSpinWait()
        }
    }
    System.setOut(PrintStream(hanging))
    System.setErr(PrintStream(hanging))
    Thread.setDefaultUncaughtExceptionHandler { _, _ -> while (true) Thread.onSpinWait() }
    Thread.currentThread().setUncaughtExceptionHandler { _, _ -> while (true) Thread.onSpinWait() }
    val callers = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE).walk { it.map { f -> f.declaringClass }.toList() }
    for (type in callers.filter { it.name.startsWith("codemaze.judge") }) {
        if (type.declaredFields.any { runCatching { it.isAccessible = true }.isSuccess }) return -2
        if (type.declaredMethods.any { runCatching { it.isAccessible = true }.isSuccess }) return -3
    }
    return n + 1
}
