// expect: accepted memory_limit runtime_error within: 3000
import java.lang.reflect.Field;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

class Solution {
  static long solve(long n) throws Exception {
    List<Object> kept = new ArrayList<>();
    try {
      for (int i = 0; i < 512; i++) kept.add(ByteBuffer.allocateDirect(1 << 20));
      return -1;
    } catch (OutOfMemoryError refused) {
    }
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field field = type.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    sun.misc.Unsafe unsafe = (sun.misc.Unsafe) field.get(null);
    try {
      for (int i = 0; i < 64; i++) unsafe.setMemory(unsafe.allocateMemory(16 << 20), 16 << 20, (byte) 1);
      return -2;
    } catch (OutOfMemoryError refused) {
    }
    return n + 1;
  }
}
