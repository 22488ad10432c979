// expect: accepted time_limit kind: end
// Code that runs when the collector finds something, in threads of the machine's own.
import java.lang.ref.Cleaner;

class Solution {
  static class Left {
    @Override
    @SuppressWarnings("removal")
    protected void finalize() {
      while (true) Thread.onSpinWait();
    }
  }

  static long solve(long n) throws Exception {
    new Left();
    Cleaner.create().register(new Object(), () -> {
      while (true) Thread.onSpinWait();
    });
    System.gc();
    return n + 1;
  }
}
