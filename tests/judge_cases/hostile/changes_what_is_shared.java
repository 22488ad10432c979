// expect: accepted
// What is set for the whole machine in one test is not there in the next, and does not keep the answer from coming.
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Locale;
import java.util.TimeZone;

class Solution {
  static int calls = 0;

  static long solve(long n) throws Exception {
    if (calls++ > 0 || System.getProperty("seen") != null || Locale.getDefault().getLanguage().equals("ar")) return -1;
    if (Thread.getDefaultUncaughtExceptionHandler() != null || TimeZone.getDefault().getID().equals("Asia/Tokyo")) return -2;
    System.setProperty("seen", "before");
    Locale.setDefault(new Locale("ar", "EG"));
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Tokyo"));
    Thread.setDefaultUncaughtExceptionHandler((thread, error) -> {
      while (true) Thread.onSpinWait();
    });
    try {
      System.setSecurityManager(new SecurityManager());
      return -3;
    } catch (UnsupportedOperationException refused) {
    }
    PrintStream deaf = new PrintStream(OutputStream.nullOutputStream()) {
      @Override
      public void flush() {
        throw new Error("not heard");
      }
    };
    System.out.close();
    System.setOut(deaf);
    System.setErr(deaf);
    System.setIn(null);
    return n + 1;
  }
}
