// expect: runtime_error kind: start
object Solution {
    init {
        Runtime.getRuntime().addShutdownHook(Thread { println("gone") })
        System.exit(0)
    }

    fun solve(n: Long): Long = n + 1
}
