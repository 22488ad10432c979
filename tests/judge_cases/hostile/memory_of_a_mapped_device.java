// expect: accepted memory_limit runtime_error
import java.io.RandomAccessFile;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;

class Solution {
  static long solve(long n) {
    try (RandomAccessFile file = new RandomAccessFile("/dev/zero", "rw")) {
      int size = 600 << 20;
      MappedByteBuffer block = file.getChannel().map(FileChannel.MapMode.READ_WRITE, 0, size);
      for (int i = 0; i < size; i += 4096) block.put(i, (byte) 1);
    } catch (Throwable refused) {
      return n + 1;
    }
    return -1;
  }
}
