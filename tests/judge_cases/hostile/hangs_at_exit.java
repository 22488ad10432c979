// expect: time_limit kind: end
class Solution {
  static long solve(long n) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> {
      while (true) Thread.onSpinWait();
    }));
    System.exit(0);
    return n + 1;
  }
}
