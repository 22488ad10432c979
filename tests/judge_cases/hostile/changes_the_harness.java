// expect: wrong_answer runtime_error accepted
// Whatever it does to the harness in its own sandbox, a wrong answer does not become right.
import java.lang.reflect.Field;

class Solution {
  static long solve(long n) throws Exception {
    Class<?> harness = Class.forName("CodemazeHarness");
    for (Field field : harness.getDeclaredFields()) {
      try {
        field.setAccessible(true);
        if (!field.getType().isPrimitive()) field.set(null, null);
      } catch (Throwable refused) {
      }
    }
    return n + 1;
  }
}
