// expect: wrong_answer runtime_error kind: values
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.charset.StandardCharsets;

class Solution {
  static long solve(long n) throws Exception {
    byte[] frame = "15\n{\"value\":1e999}".getBytes(StandardCharsets.US_ASCII);
    new FileOutputStream(FileDescriptor.out).write(frame);
    for (int number = 3; number < 20; number++)
      try (FileOutputStream answers = new FileOutputStream("/dev/fd/" + number)) {
        answers.write(frame);
      } catch (java.io.IOException refused) {
      }
    Runtime.getRuntime().halt(0);
    return n;
  }
}
