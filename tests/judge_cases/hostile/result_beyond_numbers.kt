// expect: wrong_answer runtime_error kind: values
import java.io.FileDescriptor
import java.io.FileOutputStream

fun solve(n: Long): Long {
    FileOutputStream(FileDescriptor.out).write("15\n{\"value\":1e999}".toByteArray())
    Runtime.getRuntime().halt(0)
    return n
}
