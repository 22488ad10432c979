// expect: runtime_error
import java.lang.reflect.Field;

class Solution {
  static long solve(long n) throws Exception {
    Field field = Class.forName("sun.misc.Unsafe").getDeclaredField("theUnsafe");
    field.setAccessible(true);
    ((sun.misc.Unsafe) field.get(null)).putLong(n * 8, n);
    return n + 1;
  }
}
