// expect: accepted kind: names
// Names of the language, of Java's and of the judge's, in a package of the judge's.
@file:JvmName("Harness")

package codemaze.judge

class Runtime {
    companion object {
        init {
            while (true) {
            }
        }
    }
}

object System {
    init {
        while (true) {
        }
    }
}

class Call : java.lang.Thread()

class String

class List

fun main() {
    System.toString()
}

fun solve(n: Long): Long = n + 1
