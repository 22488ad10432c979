// expect: accepted runtime_error time_limit memory_limit
// The threads are few, and go with the sandbox.
class Solution {
  static long solve(long n) {
    int started = 0;
    try {
      for (; started < 2000; started++) {
        Thread thread = new Thread(() -> {
          while (true) {
            try {
              Thread.sleep(1000);
            } catch (InterruptedException again) {
            }
          }
        });
        thread.setDaemon(true);
        thread.start();
      }
    } catch (OutOfMemoryError refused) {
    }
    return started > 64 ? -1 : n + 1;
  }
}
