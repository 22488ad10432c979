// expect: accepted kind: output handlers
import java.io.OutputStream;
import java.io.PrintStream;

class Solution {
  static long solve(long n) {
    OutputStream hanging = new OutputStream() {
      @Override
      public void write(int b) {
        while (true) Thread.onSpinWait();
      }
    };
    System.setOut(new PrintStream(hanging));
    System.setErr(new PrintStream(hanging));
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
      while (true) Thread.onSpinWait();
    });
    Thread.currentThread().setUncaughtExceptionHandler((thread, error) -> System.exit(3));
    return n + 1;
  }
}
