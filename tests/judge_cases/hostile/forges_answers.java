// expect: wrong_answer runtime_error
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;

class Solution {
  static long solve(long n) throws Exception {
    byte[] frame = "12\n{\"value\":-1}".getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < 5; i++) new FileOutputStream(FileDescriptor.out).write(frame);
    return n + 1;
  }
}
