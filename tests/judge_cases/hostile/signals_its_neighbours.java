// expect: accepted kind: signals
import java.util.List;
import java.util.stream.LongStream;

class Solution {
  static long solve(long n) {
    List<ProcessHandle> found = LongStream.range(1, 100).mapToObj(pid -> {
      try {
        return ProcessHandle.of(pid).orElse(null);
      } catch (RuntimeException refused) {
        return null;
      }
    }).filter(handle -> handle != null && !handle.equals(ProcessHandle.current())).toList();
    for (ProcessHandle handle : found)
      for (boolean hard : new boolean[] {true, false})
        try {
          if (hard ? handle.destroyForcibly() : handle.destroy()) return -1;
        } catch (RuntimeException refused) {
        }
    try {
      Class.forName("sun.misc.Signal").getMethod("raise", Class.forName("sun.misc.Signal"));
      return -2;
    } catch (ReflectiveOperationException refused) {
    }
    return n + 1;
  }
}
