// expect: accepted time_limit
class Solution {
  static long solve(long n) {
    Thread thread = new Thread(() -> {
      while (true) Thread.onSpinWait();
    });
    thread.setDaemon(true);
    thread.start();
    return n + 1;
  }
}
