// expect: runtime_error time_limit output_limit
import java.io.FileDescriptor;
import java.io.FileOutputStream;

class Solution {
  static long solve(long n) throws Exception {
    FileOutputStream answers = new FileOutputStream(FileDescriptor.out);
    answers.write("99999999999999999999\n[[[[".getBytes());
    for (int i = 0; i < 300; i++) answers.write(new byte[8192]);
    return n + 1;
  }
}
