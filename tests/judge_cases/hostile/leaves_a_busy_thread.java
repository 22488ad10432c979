// expect: accepted
// It answers in good time, and what it leaves goes on in no other test.
class Solution {
  static long solve(long n) {
    for (Thread other : Thread.getAllStackTraces().keySet()) if (other.getName().equals("left")) return -1;
    Thread thread = new Thread(() -> {
      while (true) Thread.onSpinWait();
    }, "left") {
      @Override
      public boolean equals(Object other) {
        return true;
      }
    };
    thread.setDaemon(true);
    thread.start();
    return n + 1;
  }
}
