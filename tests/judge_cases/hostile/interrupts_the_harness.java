// expect: accepted runtime_error time_limit
class Solution {
  static long solve(long n) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) group = group.getParent();
    Thread[] threads = new Thread[64];
    int count = group.enumerate(threads);
    for (int i = 0; i < count; i++) {
      if (threads[i] == Thread.currentThread()) continue;
      threads[i].interrupt();
      try {
        threads[i].stop();
      } catch (Throwable refused) {
      }
    }
    return n + 1;
  }
}
